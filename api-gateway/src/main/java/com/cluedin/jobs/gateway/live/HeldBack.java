package com.cluedin.jobs.gateway.live;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// News of jobs of which nobody knows yet whose they are. A run's event may arrive before that
/// which queued its job, as they are on different topics, and what was queued long ago only the
/// tracker knows.
final class HeldBack {

  private static final int MOST = 1_000;
  private static final int MOST_ASKED = 200;
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Owners owners;
  private final Map<UUID, Held> held = new LinkedHashMap<>();

  HeldBack(Owners owners) {
    this.owners = owners;
  }

  /// What can be told now, of the news and of what was held back.
  ///
  /// @param before from where the log would have to be read to hear the news again
  News settle(News news, Position before) {
    if (!owners.matter()) {
      return news;
    }
    owners.learn(news);
    long now = System.nanoTime();
    news.jobs()
        .forEach((id, job) -> held.merge(id, new Held(job, news.at(), before, now), Held::join));
    ask(now);
    Map<UUID, JobNews> told = new LinkedHashMap<>();
    Instant at = news.at();
    for (Held next : List.copyOf(held.values())) {
      UUID owner = owners.of(next.news.id());
      if (owner != null) {
        told.put(next.news.id(), next.news.of(owner));
        at = next.at.isAfter(at) ? next.at : at;
        held.remove(next.news.id());
      }
    }
    return new News(at, told, news.jobTypes(), giveUp(now));
  }

  /// The position up to which everything was told.
  Position safe(Position read) {
    return held.isEmpty() ? read : held.values().iterator().next().before;
  }

  void forget() {
    held.clear();
  }

  private void ask(long now) {
    List<Held> asked =
        held.values().stream()
            .filter(next -> owners.of(next.news.id()) == null && next.askAt - now <= 0)
            .limit(MOST_ASKED)
            .toList();
    owners.ask(asked.stream().map(next -> next.news.id()).toList(), PATIENCE);
    asked.forEach(next -> held.put(next.news.id(), next.askedAgainAt(now + ASK_AGAIN.toNanos())));
  }

  /// @return whether there was something that will never be told
  private boolean giveUp(long now) {
    if (held.size() > MOST) {
      held.clear();
      return true;
    }
    return held.values().removeIf(next -> now - next.since > LONGEST.toNanos());
  }

  /// @param before from where the log would have to be read to hear it again
  private record Held(JobNews news, Instant at, Position before, long since, long askAt) {

    Held(JobNews news, Instant at, Position before, long now) {
      this(news, at, before, now, now);
    }

    Held join(Held later) {
      return new Held(
          news.join(later.news), at.isAfter(later.at) ? at : later.at, before, since, askAt);
    }

    Held askedAgainAt(long next) {
      return new Held(news, at, before, since, next);
    }
  }
}

package com.cluedin.jobs.gateway.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/// A client that watches. It is told things in order, and cut off when it does not take them: it
/// comes back with the id of what it heard last. Whoever calls, one at a time.
final class Watcher {

  private static final int MOST_WAITING = 64;
  private static final long MOST_PENDING = 1 << 20;
  private static final int MOST_MISSED = 20_000;
  private static final int MOST_PIECES = 5_000;
  private static final Duration LONGEST_PENDING = Duration.ofSeconds(30);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

  private final @Nullable UUID organization;
  private final @Nullable String lastId;
  private final Line line;
  private final Sinks.Many<ServerSentEvent<String>> out =
      Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MOST_WAITING));
  private Stage stage = Stage.WAITS;
  private final List<News> missed = new ArrayList<>();
  private int missedSize;
  private boolean missedTooMuch;
  private boolean toldStale;
  private long toldAt = System.nanoTime();
  private long clearAt = toldAt;

  /// @param organization whose jobs it may see; null: all
  /// @param lastId the id of what it heard last; null: it is new
  Watcher(@Nullable UUID organization, @Nullable String lastId, Line line) {
    this.organization = organization;
    this.lastId = lastId;
    this.line = line;
    send(Announcement.retry());
  }

  Flux<ServerSentEvent<String>> stream() {
    return out.asFlux();
  }

  @Nullable String lastId() {
    return lastId;
  }

  Line line() {
    return line;
  }

  /// Greets it; from now on it is told what happens.
  ///
  /// @param id what it has heard
  void welcome(String id, Instant now) {
    send(Announcement.hello(id, now));
    stage = Stage.LIVE;
  }

  /// Greets it; what happens is gathered until {@link #catchUp} or {@link #reset} says what
  /// happened before.
  void welcomeBack(String id, Instant now) {
    send(Announcement.hello(id, now));
    stage = Stage.CATCHES_UP;
  }

  /// It has to read everything again, and has then heard what the id stands for.
  void reset(String id, Instant now) {
    if (stage == Stage.WAITS) {
      send(Announcement.hello(null, now));
    }
    send(Announcement.reset(id, now));
    missed.clear();
    stage = Stage.LIVE;
  }

  boolean catchesUp() {
    return stage == Stage.CATCHES_UP;
  }

  /// What it has missed, and all that was gathered since; null when that was too much.
  @Nullable News gathered(News before) {
    if (missedTooMuch) {
      return null;
    }
    List<News> all = new ArrayList<>(missed);
    all.addFirst(before);
    return News.joined(all);
  }

  /// What it had missed; from now on it is told what happens.
  void catchUp(Announcement all) {
    stage = Stage.LIVE;
    missed.clear();
    tell(all);
  }

  void tell(Announcement told) {
    switch (stage) {
      case WAITS -> {}
      case CATCHES_UP -> gather(told.news());
      case LIVE -> {
        ServerSentEvent<String> event = told.to(organization);
        if (event != null) {
          send(event);
        }
      }
    }
  }

  /// Says that there is nothing to say, when that is so for a while or something is wrong.
  void beat(String id, boolean stale, Instant now) {
    long nanos = System.nanoTime();
    clearAt = line.pending() == 0 ? nanos : clearAt;
    if (nanos - clearAt > LONGEST_PENDING.toNanos()) {
      line.cut();
    }
    if (stale != toldStale || nanos - toldAt >= LONGEST_SILENCE.toNanos()) {
      toldStale = stale;
      send(Announcement.beat(stage == Stage.LIVE ? id : null, stale, now));
    }
  }

  void end() {
    out.tryEmitComplete();
  }

  private void gather(News news) {
    if (missedTooMuch) {
      return;
    }
    missed.add(news);
    missedSize += news.size();
    if (missed.size() > MOST_PIECES || missedSize > MOST_MISSED) {
      missedTooMuch = true;
      missed.clear();
    }
  }

  private void send(ServerSentEvent<String> event) {
    toldAt = System.nanoTime();
    if (line.pending() > MOST_PENDING || out.tryEmitNext(event).isFailure()) {
      line.cut();
    }
  }

  private enum Stage {
    WAITS,
    CATCHES_UP,
    LIVE
  }
}

package com.cluedin.jobs.gateway.live;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Which organization a job is of: from the event that queued it, or from the tracker.
final class Owners {

  private static final int AT_ONCE = 16;

  private final @Nullable Function<UUID, Mono<UUID>> tracker;
  private final Map<UUID, UUID> known = Collections.synchronizedMap(new Newest());

  /// @param tracker says whose a job is, and nothing where it does not know; null: nobody needs to
  ///   know
  Owners(@Nullable Function<UUID, Mono<UUID>> tracker) {
    this.tracker = tracker;
  }

  boolean matter() {
    return tracker != null;
  }

  void learn(News news) {
    for (JobNews job : news.jobs().values()) {
      UUID organization = job.organization();
      if (organization != null) {
        known.put(job.id(), organization);
      }
    }
  }

  @Nullable UUID of(UUID job) {
    return known.get(job);
  }

  /// Asks the tracker, and waits for its answers as long as the patience lasts.
  void ask(Collection<UUID> jobs, Duration patience) {
    if (tracker == null || jobs.isEmpty()) {
      return;
    }
    Function<UUID, Mono<UUID>> asked = tracker;
    Flux.fromIterable(jobs)
        .flatMap(
            job -> asked.apply(job).doOnNext(owner -> known.put(job, owner)).onErrorComplete(),
            AT_ONCE)
        .take(patience)
        .blockLast();
  }

  /// The hundred thousand that were used last.
  private static final class Newest extends LinkedHashMap<UUID, UUID> {

    private static final long serialVersionUID = 1L;

    Newest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, UUID> eldest) {
      return size() > 100_000;
    }
  }
}

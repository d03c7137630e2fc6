package com.cluedin.jobs.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The jobs of a job type that have not come to their end, oldest first.
///
/// @param queued those that went to their queue
/// @param waiting those that wait until none of the others is left
record Unfinished(List<UUID> queued, List<UUID> waiting) {

  static final Unfinished NONE = new Unfinished(List.of(), List.of());

  boolean isEmpty() {
    return queued.isEmpty() && waiting.isEmpty();
  }

  UUID oldest() {
    return queued.isEmpty() ? waiting.getFirst() : queued.getFirst();
  }

  UUID newest() {
    return waiting.isEmpty() ? queued.getLast() : waiting.getLast();
  }

  Unfinished withQueued(UUID jobId) {
    return new Unfinished(and(queued, jobId), waiting);
  }

  Unfinished withWaiting(UUID jobId) {
    return new Unfinished(queued, and(waiting, jobId));
  }

  private static List<UUID> and(List<UUID> some, UUID one) {
    List<UUID> all = new ArrayList<>(some);
    all.add(one);
    return all;
  }
}

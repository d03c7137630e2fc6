package com.cluedin.jobs.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The jobs of a job type that have not come to their end.
///
/// @param queued those that went to their queue, oldest first
/// @param firstWaiting the oldest of those that wait for an earlier one to end, or null
/// @param lastWaiting the newest of them, or null
record Unfinished(List<UUID> queued, @Nullable UUID firstWaiting, @Nullable UUID lastWaiting) {

  static final Unfinished NONE = new Unfinished(List.of(), null, null);

  boolean isEmpty() {
    return queued.isEmpty() && firstWaiting == null;
  }

  /// @throws java.util.NoSuchElementException when there is none
  UUID oldest() {
    return queued.isEmpty() && firstWaiting != null ? firstWaiting : queued.getFirst();
  }

  /// @throws java.util.NoSuchElementException when there is none
  UUID newest() {
    return lastWaiting == null ? queued.getLast() : lastWaiting;
  }

  Unfinished withQueued(UUID jobId) {
    List<UUID> all = new ArrayList<>(queued);
    all.add(jobId);
    return new Unfinished(all, firstWaiting, lastWaiting);
  }

  Unfinished withWaiting(UUID jobId) {
    return new Unfinished(queued, firstWaiting == null ? jobId : firstWaiting, jobId);
  }
}

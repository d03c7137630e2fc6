package com.cluedin.jobs.tracker;

import static java.util.Comparator.comparing;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of a job. Facts merge like those of its runs ({@link RunFacts}): in any order, any
/// number of times.
///
/// @param queued the event that first queued it, or null while that has not been seen
/// @param wish the first wish to stop it, or null
/// @param alarmRaisedAt when it first was said to take too long, or null
/// @param runs by attempt
record JobFacts(
    UUID jobId,
    @Nullable JobQueued queued,
    @Nullable Wish wish,
    @Nullable Instant alarmRaisedAt,
    NavigableMap<Integer, RunFacts> runs) {

  /// What one event tells.
  ///
  /// @param heardAt when Kafka took it; null where a tracker says it, which is not hearing the
  ///   agent
  static JobFacts of(JobEvent event, @Nullable Instant heardAt) {
    return switch (event) {
      case JobQueued queued ->
          new JobFacts(queued.jobId(), queued, null, null, runs(RunFacts.queued(queued.attempt())));
      case JobAbandonRequested request ->
          new JobFacts(request.jobId(), null, Wish.of(request), null, new TreeMap<>());
      case JobAlarmRaised(UUID jobId, _, Instant at) ->
          new JobFacts(jobId, null, null, at, new TreeMap<>());
      case RunEvent told ->
          new JobFacts(told.jobId(), null, null, null, runs(RunFacts.of(told, heardAt)));
    };
  }

  /// Both together.
  ///
  /// @param other of the same job
  JobFacts merge(JobFacts other) {
    NavigableMap<Integer, RunFacts> merged = new TreeMap<>(runs);
    other.runs.forEach((attempt, run) -> merged.merge(attempt, run, RunFacts::merge));
    return new JobFacts(
        jobId,
        first(queued, other.queued, comparing(JobQueued::at)),
        first(wish, other.wish, Wish.FIRST),
        first(alarmRaisedAt, other.alarmRaisedAt, Comparator.naturalOrder()),
        merged);
  }

  /// The newest run, which is where the job stands; null when none is known.
  @Nullable RunFacts newestRun() {
    return runs.isEmpty() ? null : runs.lastEntry().getValue();
  }

  /// All runs but the newest.
  List<RunFacts> earlierRuns() {
    return runs.isEmpty() ? List.of() : List.copyOf(runs.headMap(runs.lastKey()).values());
  }

  private static NavigableMap<Integer, RunFacts> runs(RunFacts run) {
    NavigableMap<Integer, RunFacts> runs = new TreeMap<>();
    runs.put(run.attempt(), run);
    return runs;
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other, Comparator<T> order) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return order.compare(one, other) <= 0 ? one : other;
  }
}

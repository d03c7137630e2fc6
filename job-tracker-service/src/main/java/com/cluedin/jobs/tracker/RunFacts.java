package com.cluedin.jobs.tracker;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What is known of one run of a job.
///
/// Facts merge: the result is the same in whatever order, and however often, they come. {@link
/// ReadModel} merges them with what is in PostgreSQL by the same rules.
///
/// @param progress clues completed, as far as told
/// @param agent who began it, or null
/// @param firstHeardAt when Kafka first took an event of its agent, or null
/// @param heardAt when Kafka last took an event of its agent, or null
/// @param silentHeardAt up to when it had been heard of when it was last said to be silent, or null
/// @param finishedAt when it came to its end, or null
/// @param remark what went wrong or why it was cancelled; empty when there is nothing to say
record RunFacts(
    int attempt,
    JobState state,
    long progress,
    @Nullable String agent,
    @Nullable Instant startedAt,
    @Nullable Instant firstHeardAt,
    @Nullable Instant heardAt,
    @Nullable Instant silentHeardAt,
    @Nullable Instant finishedAt,
    String remark) {

  private static final Comparator<@Nullable Instant> EARLIEST = nullsLast(naturalOrder());

  /// Of two beginnings the earlier one counts.
  private static final Comparator<RunFacts> BEGINNING =
      comparing(RunFacts::startedAt, EARLIEST)
          .thenComparing(RunFacts::agent, nullsLast(Text.BY_BYTES));

  /// Of two ends the one of the higher state counts, and of equal states the earlier one.
  private static final Comparator<RunFacts> END =
      comparing(RunFacts::state, Comparator.<JobState>reverseOrder())
          .thenComparing(RunFacts::finishedAt, EARLIEST)
          .thenComparing(RunFacts::remark, Text.BY_BYTES);

  static RunFacts queued(int attempt) {
    return new RunFacts(attempt, JobState.QUEUED, 0, null, null, null, null, null, null, "");
  }

  /// What one event tells.
  ///
  /// @param heardAt when Kafka took it; null where a tracker says it, which is not hearing the
  ///   agent
  static RunFacts of(RunEvent event, @Nullable Instant heardAt) {
    return switch (event) {
      case JobStarted(_, int attempt, String agent, Instant at) ->
          executing(attempt, 0, Text.kept(agent, Text.NAME), at, heardAt, null);
      case JobProgressed(_, int attempt, long clues, _) ->
          executing(attempt, clues, null, null, heardAt, null);
      case JobCancelling(_, int attempt, _, _) -> executing(attempt, 0, null, null, heardAt, null);
      case JobSilent(_, int attempt, _, Instant silentHeardAt, _) ->
          executing(attempt, 0, null, null, null, silentHeardAt);
      case JobCompleted(_, int attempt, long clues, Instant at) ->
          ended(attempt, JobState.COMPLETED, clues, heardAt, at, "");
      case JobFailed(_, int attempt, long clues, String error, _, Instant at) ->
          ended(attempt, JobState.FAILED, clues, heardAt, at, error);
      case JobCancelled(_, int attempt, long clues, String reason, String agent, Instant at) ->
          ended(attempt, JobState.CANCELLED, clues, agent == null ? null : heardAt, at, reason);
      case JobRetryScheduled(_, int attempt, _, _, _) -> queued(attempt);
    };
  }

  /// Whether its agent has not been heard of since it was said to be silent.
  boolean isSilent() {
    return state == JobState.EXECUTING
        && silentHeardAt != null
        && (heardAt == null || !heardAt.isAfter(silentHeardAt));
  }

  private static RunFacts executing(
      int attempt,
      long clues,
      @Nullable String agent,
      @Nullable Instant startedAt,
      @Nullable Instant heardAt,
      @Nullable Instant silentHeardAt) {
    return new RunFacts(
        attempt,
        JobState.EXECUTING,
        clues,
        agent,
        startedAt,
        heardAt,
        heardAt,
        silentHeardAt,
        null,
        "");
  }

  private static RunFacts ended(
      int attempt,
      JobState state,
      long clues,
      @Nullable Instant heardAt,
      Instant at,
      String remark) {
    return new RunFacts(
        attempt,
        state,
        clues,
        null,
        null,
        heardAt,
        heardAt,
        null,
        at,
        Text.kept(remark, Text.LONGEST));
  }

  /// Both together.
  ///
  /// @param other of the same run
  RunFacts merge(RunFacts other) {
    RunFacts beginning = BEGINNING.compare(this, other) <= 0 ? this : other;
    RunFacts end = END.compare(this, other) <= 0 ? this : other;
    return new RunFacts(
        attempt,
        end.state,
        Math.max(progress, other.progress),
        beginning.agent,
        beginning.startedAt,
        EARLIEST.compare(firstHeardAt, other.firstHeardAt) <= 0 ? firstHeardAt : other.firstHeardAt,
        later(heardAt, other.heardAt),
        later(silentHeardAt, other.silentHeardAt),
        end.finishedAt,
        end.remark);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}

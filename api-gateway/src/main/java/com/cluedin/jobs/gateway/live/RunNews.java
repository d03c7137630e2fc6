package com.cluedin.jobs.gateway.live;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
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

/// What was told of the newest run of a job. It joins as the tracker's rows do, so that in whatever
/// order, and however often, something is told, the same is shown.
///
/// @param progress clues completed, or null where nothing was told of them
/// @param agent who began it, or null
record RunNews(
    int attempt,
    State state,
    @Nullable Long progress,
    @Nullable String agent,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  private static final Comparator<@Nullable Instant> EARLIEST = nullsLast(naturalOrder());
  private static final Comparator<@Nullable Long> MOST = nullsFirst(naturalOrder());

  private static final Comparator<RunNews> BEGINNING =
      comparing(RunNews::startedAt, EARLIEST)
          .thenComparing(RunNews::agent, nullsLast(naturalOrder()));

  private static final Comparator<RunNews> END =
      comparing(RunNews::state, Comparator.<State>reverseOrder())
          .thenComparing(RunNews::finishedAt, EARLIEST);

  static RunNews queued(int attempt) {
    return new RunNews(attempt, State.QUEUED, null, null, null, null);
  }

  static RunNews of(RunEvent event) {
    return switch (event) {
      case JobStarted(_, int attempt, String agent, Instant at) ->
          new RunNews(attempt, State.EXECUTING, null, agent, at, null);
      case JobProgressed(_, int attempt, long clues, _) -> executing(attempt, clues);
      case JobCancelling(_, int attempt, _, _) -> executing(attempt, null);
      case JobSilent(_, int attempt, _, _, _) -> executing(attempt, null);
      case JobCompleted(_, int attempt, long clues, Instant at) ->
          ended(attempt, State.COMPLETED, clues, at);
      case JobFailed(_, int attempt, long clues, _, _, Instant at) ->
          ended(attempt, State.FAILED, clues, at);
      case JobCancelled(_, int attempt, long clues, _, _, Instant at) ->
          ended(attempt, State.CANCELLED, clues, at);
      case JobRetryScheduled(_, int attempt, _, _, _) -> queued(attempt);
    };
  }

  /// Both together: of different runs the newer one.
  RunNews join(RunNews other) {
    if (attempt != other.attempt) {
      return attempt > other.attempt ? this : other;
    }
    RunNews beginning = BEGINNING.compare(this, other) <= 0 ? this : other;
    RunNews end = END.compare(this, other) <= 0 ? this : other;
    return new RunNews(
        attempt,
        end.state,
        MOST.compare(progress, other.progress) >= 0 ? progress : other.progress,
        beginning.agent,
        beginning.startedAt,
        end.finishedAt);
  }

  private static RunNews executing(int attempt, @Nullable Long clues) {
    return new RunNews(attempt, State.EXECUTING, clues, null, null, null);
  }

  private static RunNews ended(int attempt, State state, long clues, Instant at) {
    return new RunNews(attempt, state, clues, null, null, at);
  }

  /// Where a run stands, in the order it moves.
  enum State {
    QUEUED("Queued"),
    EXECUTING("Executing"),
    CANCELLED("Cancelled"),
    FAILED("Failed"),
    COMPLETED("Completed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /// As people see it.
    ///
    /// @param abandoned somebody asked to stop the job
    String shown(boolean abandoned) {
      return abandoned && this == EXECUTING ? "Cancelling" : word;
    }
  }
}

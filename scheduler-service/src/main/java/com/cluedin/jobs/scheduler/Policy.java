package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a schedule deals with what gets in its way. All of it can be changed at any time.
///
/// @param missed what to do about occurrences that were missed
/// @param catchUp how long an occurrence may be overdue to be caught up, 0 or more
/// @param overlap what to do about an occurrence while an earlier job is not finished
/// @param spread within which its occurrences are delayed, so that schedules of the same cron do
///   not all fire at once; every job type has its own fixed delay in it
/// @param retries what to do about runs that fail
/// @param longestRun how long one run may take; zero: as long as it likes
/// @param pause why nothing fires now, or null
record Policy(
    Missed missed,
    TimeSpan catchUp,
    Overlap overlap,
    TimeSpan spread,
    Retries retries,
    TimeSpan longestRun,
    @Nullable Pause pause) {

  static final Policy DEFAULT =
      new Policy(
          Missed.ONCE,
          new TimeSpan(Duration.ofDays(1)),
          Overlap.SKIP,
          TimeSpan.ZERO,
          Retries.DEFAULT,
          TimeSpan.ZERO,
          null);

  /// The delay of a job type's occurrences, in whole seconds: less than the spread.
  Duration delayOf(JobTypeId jobType) {
    int seconds = (int) Math.max(1, spread.duration().toSeconds());
    return Duration.ofSeconds(Math.floorMod(jobType.toString().hashCode(), seconds));
  }

  /// Whether jobs may be made that wait for others.
  boolean letsWait() {
    return overlap == Overlap.QUEUE
        || overlap == Overlap.CANCEL
        || missed == Missed.ALL && overlap != Overlap.ALLOW;
  }

  Policy paused(@Nullable Pause newPause) {
    return new Policy(missed, catchUp, overlap, spread, retries, longestRun, newPause);
  }

  /// What to do about missed occurrences that are not overdue for longer than the catch-up window.
  enum Missed {
    /// One job for all of them, of the newest, unless that fires by itself.
    ONCE,
    /// A job for each. Unless overlapping is allowed they run one after the other.
    ALL,
    /// Nothing.
    NONE;

    /// As people write it: `once`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What to do about an occurrence while an earlier job of the job type is not finished.
  enum Overlap {
    /// Pass it over.
    SKIP,
    /// Let its job wait for the end of the earlier one. One waits at a time; while it does, further
    /// occurrences are passed over.
    QUEUE,
    /// Let the jobs run side by side.
    ALLOW,
    /// Ask for the end of the earlier job, and let the new one wait for it as {@link #QUEUE} does.
    CANCEL;

    /// As people write it: `skip`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param reason in words for people
  /// @param by who asked, or null where nobody is known
  record Pause(String reason, @Nullable String by, Instant at) {

    /// For the ledger: `Paused by Tim Ward: the source is moving`.
    String inWords() {
      return "Paused%s: %s".formatted(by == null ? "" : " by " + by, reason);
    }
  }
}

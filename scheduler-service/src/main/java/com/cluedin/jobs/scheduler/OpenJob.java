package com.cluedin.jobs.scheduler;

import static com.cluedin.jobs.model.JobEvent.ATTEMPTS_OF_A_RECORD;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.scheduler.Occurrences.Decided;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job that has not come to its end, as far as schedulers have heard, and what can become of it.
///
/// @param scheduledFor the occurrence it was made for; null when a person asked for it
/// @param attempt its newest run that is known; while it waits, the run it waits for
/// @param retries how often it was queued again
/// @param retryAt when it is queued again, or null
/// @param waits whether it waits for earlier jobs of its job type to end, and has not been queued
/// @param waitsFor the job whose end it waits for; null when that has ended, or it does not wait
record OpenJob(
    UUID jobId,
    JobTypeId jobTypeId,
    @Nullable Instant scheduledFor,
    int attempt,
    int retries,
    @Nullable Instant retryAt,
    boolean waits,
    @Nullable UUID waitsFor) {

  static OpenJob queued(JobQueued job) {
    return new OpenJob(
        job.jobId(), job.jobTypeId(), job.scheduledFor(), job.attempt(), 0, null, false, null);
  }

  static OpenJob waiting(Decided decided, JobTypeId jobType) {
    return new OpenJob(
        requireNonNull(decided.jobId()),
        jobType,
        decided.occurrence(),
        1,
        0,
        null,
        true,
        decided.overlaps());
  }

  /// Whether an event can matter: most do not, and are not looked up.
  static boolean isConcernedBy(RunEvent event) {
    return switch (event) {
      case JobCompleted _, JobFailed _, JobCancelled _ -> true;
      case JobStarted _, JobProgressed _, JobCancelling _, JobSilent _ ->
          event.attempt() != JobIds.firstAttemptOfRecord(event.attempt()); // handed out again
      case JobRetryScheduled _ -> false; // told by schedulers
    };
  }

  /// Whether an event ends its job whatever its policy, unless a later run is known.
  static boolean isEndedBy(RunEvent event) {
    return switch (event) {
      case JobCompleted _, JobCancelled _ -> true;
      case JobFailed failed -> failed.permanent();
      case JobStarted _, JobProgressed _, JobCancelling _, JobSilent _, JobRetryScheduled _ ->
          false;
    };
  }

  /// The job after an event of one of its runs: null when it has ended, itself when nothing
  /// changed. What is said of a run whose place another took changes nothing.
  @Nullable OpenJob after(RunEvent event, Retries policy, Instant now) {
    if (event.attempt() < attempt) {
      return this;
    }
    return switch (event) {
      case JobCompleted _, JobCancelled _ -> null;
      case JobFailed failed -> failed.permanent() ? null : afterFailure(failed, policy, now);
      case JobStarted _, JobProgressed _, JobCancelling _, JobSilent _, JobRetryScheduled _ ->
          event.attempt() == attempt ? this : with(event.attempt(), retries, retryAt);
    };
  }

  /// The job when its retry, or its turn, has come.
  OpenJob queuedNow() {
    return with(attempt, retries, null);
  }

  /// What is told of a job that will be queued again.
  JobRetryScheduled retryScheduled(Retries policy, Instant now) {
    if (retryAt == null) {
      throw new IllegalStateException(jobId + " waits for no retry");
    }
    String reason = "retry %d of %d".formatted(retries, policy.most());
    return new JobRetryScheduled(jobId, attempt, retryAt, reason, now);
  }

  private @Nullable OpenJob afterFailure(JobFailed failed, Retries policy, Instant now) {
    int next = firstAttemptAfter(failed.attempt());
    return retries >= policy.most() || next > JobIds.MAX_ATTEMPT
        ? null
        : with(next, retries + 1, now.plus(policy.delayOf(jobId, retries)));
  }

  /// Beyond all runs that the record of the failed one can still begin.
  private static int firstAttemptAfter(int failed) {
    return JobIds.firstAttemptOfRecord(failed) + ATTEMPTS_OF_A_RECORD;
  }

  private OpenJob with(int newAttempt, int newRetries, @Nullable Instant newRetryAt) {
    return new OpenJob(
        jobId, jobTypeId, scheduledFor, newAttempt, newRetries, newRetryAt, false, null);
  }
}

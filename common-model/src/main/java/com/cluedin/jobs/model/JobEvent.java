package com.cluedin.jobs.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The life of a job, told by those who know: the scheduler queues it, agents run it, the tracker
/// takes the wish to abandon it.
///
/// `attempt` numbers the runs of a job. What a later attempt says outranks all that an earlier one
/// says, whenever it arrives. Each record that queues a job has {@link #ATTEMPTS_OF_A_RECORD}
/// attempts of its own, one for each time it may be handed out: a job's first record begins with 1,
/// its first retry with 11, the second with 21.
public sealed interface JobEvent extends Event {

  /// More than a record is ever handed out: the share group of agents has a limit of {@link
  /// #MOST_DELIVERIES}, and brokers let none have more than this.
  int ATTEMPTS_OF_A_RECORD = 10;

  /// How often a record that queues a job is handed out before it is given up.
  int MOST_DELIVERIES = 5;

  UUID jobId();

  @Override
  default String key() {
    return jobId().toString();
  }

  /// What is said of one run, on {@link Topics#JOB_EVENTS}.
  sealed interface RunEvent extends JobEvent {
    int attempt();
  }

  /// A job waits for an agent. On `job-queue.<queue>`, written by the scheduler alone.
  ///
  /// @param jobId made by {@link JobIds}
  /// @param jobTypeId the schedule it belongs to
  /// @param userId who enabled the integration
  /// @param name the crawl source
  /// @param configurationName the account it crawls with, or null
  /// @param queue the queue it went to
  /// @param alarm how long it may take from first being queued to its end, or null
  /// @param longestRun how long one run may take, or null
  /// @param scheduledFor the instant it was due; null when a person asked for it
  /// @param requestedBy the person who asked for it, or null where nobody did or is known
  /// @param attempt the run that the first delivery of this record starts, 1 or more
  /// @param at when it was queued
  @JsonTypeName("job.queued.v1")
  record JobQueued(
      UUID jobId,
      JobTypeId jobTypeId,
      UUID userId,
      String name,
      @Nullable String configurationName,
      String queue,
      @Nullable TimeSpan alarm,
      @Nullable TimeSpan longestRun,
      @Nullable Instant scheduledFor,
      @Nullable String requestedBy,
      int attempt,
      Instant at)
      implements JobEvent {

    public JobQueued {
      requireNonNull(jobId, "jobId");
      requireNonNull(jobTypeId, "jobTypeId");
      requireNonNull(userId, "userId");
      requireNonNull(name, "name");
      requireNonNull(queue, "queue");
      JobIds.requireAttempt(attempt);
      scheduledFor = scheduledFor == null ? null : EventTime.require(scheduledFor, "scheduledFor");
      at = EventTime.require(at, "at");
    }
  }

  /// An agent began a run. On {@link Topics#JOB_EVENTS}, as all that follow of a run.
  ///
  /// @param agent the agent's name, unique among those alive
  @JsonTypeName("job.started.v1")
  record JobStarted(UUID jobId, int attempt, String agent, Instant at) implements RunEvent {

    public JobStarted {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      requireNonNull(agent, "agent");
      at = EventTime.require(at, "at");
    }
  }

  /// A run is alive and has come this far. Sent while clues grow, and at least three times a lease
  /// while they do not.
  ///
  /// @param clues clues completed by this run so far, 0 or more, never falling
  @JsonTypeName("job.progressed.v1")
  record JobProgressed(UUID jobId, int attempt, long clues, Instant at) implements RunEvent {

    public JobProgressed {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      requireClues(clues);
      at = EventTime.require(at, "at");
    }
  }

  /// A run ended well, and with it the job.
  ///
  /// @param clues clues completed by this run in all
  @JsonTypeName("job.completed.v1")
  record JobCompleted(UUID jobId, int attempt, long clues, Instant at) implements RunEvent {

    public JobCompleted {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      requireClues(clues);
      at = EventTime.require(at, "at");
    }
  }

  /// A run ended in an error.
  ///
  /// @param clues clues completed by this run before
  /// @param error what went wrong, in words for people
  /// @param permanent trying again would not help
  @JsonTypeName("job.failed.v1")
  record JobFailed(UUID jobId, int attempt, long clues, String error, boolean permanent, Instant at)
      implements RunEvent {

    public JobFailed {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      requireClues(clues);
      requireNonNull(error, "error");
      at = EventTime.require(at, "at");
    }
  }

  /// A run was stopped because somebody wished so, before it began or on its way.
  ///
  /// @param clues clues completed by this run before
  /// @param reason why, in words for people
  /// @param agent who stopped the run and so confirms it; null when no agent did
  @JsonTypeName("job.cancelled.v1")
  record JobCancelled(
      UUID jobId, int attempt, long clues, String reason, @Nullable String agent, Instant at)
      implements RunEvent {

    public JobCancelled {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      requireClues(clues);
      requireNonNull(reason, "reason");
      at = EventTime.require(at, "at");
    }
  }

  /// An agent heard that its run is to be stopped, and stops it. {@link JobCancelled} follows once
  /// it has stopped.
  @JsonTypeName("job.cancelling.v1")
  record JobCancelling(UUID jobId, int attempt, String agent, Instant at) implements RunEvent {

    public JobCancelling {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      requireNonNull(agent, "agent");
      at = EventTime.require(at, "at");
    }
  }

  /// A run failed, and the job will be queued again. Whatever is said of earlier runs from then on
  /// changes nothing. Written by the scheduler.
  ///
  /// @param attempt the run that the job waits for
  /// @param dueAt when it will be queued
  /// @param reason in words for people
  @JsonTypeName("job.retry-scheduled.v1")
  record JobRetryScheduled(UUID jobId, int attempt, Instant dueAt, String reason, Instant at)
      implements RunEvent {

    public JobRetryScheduled {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      dueAt = EventTime.require(dueAt, "dueAt");
      requireNonNull(reason, "reason");
      at = EventTime.require(at, "at");
    }
  }

  /// The agent of a run has not been heard of for longer than its lease. Written by the tracker.
  ///
  /// @param agent who began the run, or null where that is not known
  /// @param heardAt when it was last heard of
  @JsonTypeName("job.silent.v1")
  record JobSilent(UUID jobId, int attempt, @Nullable String agent, Instant heardAt, Instant at)
      implements RunEvent {

    public JobSilent {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      heardAt = EventTime.require(heardAt, "heardAt");
      at = EventTime.require(at, "at");
    }
  }

  /// A job has taken longer than its alarm allows. Raised once for a job; one that is told again is
  /// the same. On {@link Topics#JOB_EVENTS}, written by the tracker.
  ///
  /// @param alarm how long it may take from first being queued to its end
  @JsonTypeName("job.alarm-raised.v1")
  record JobAlarmRaised(UUID jobId, TimeSpan alarm, Instant at) implements JobEvent {

    public JobAlarmRaised {
      requireNonNull(jobId, "jobId");
      requireNonNull(alarm, "alarm");
      at = EventTime.require(at, "at");
    }
  }

  /// Somebody wants the job stopped, whichever run it is in. On {@link Topics#JOB_ABANDONMENTS};
  /// every agent reads all of them. Written by the tracker for people and for runs that take too
  /// long, by the scheduler for the next occurrence of a schedule.
  ///
  /// @param requestedBy the person who asked, or null where nobody did or is known
  /// @param reason in words for people, or null
  @JsonTypeName("job.abandon-requested.v1")
  record JobAbandonRequested(
      UUID jobId, @Nullable String requestedBy, @Nullable String reason, Instant at)
      implements JobEvent {

    public JobAbandonRequested {
      requireNonNull(jobId, "jobId");
      at = EventTime.require(at, "at");
    }
  }

  private static void requireClues(long clues) {
    if (clues < 0) {
      throw new IllegalArgumentException("clues must be 0 or more, not " + clues);
    }
  }
}

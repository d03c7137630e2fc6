package com.cluedin.jobs.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The life of a job, told by those who know: the scheduler queues it, agents run it, the tracker
/// takes the wish to abandon it.
///
/// `attempt` counts the runs of a job from 1. What a later attempt says outranks all that an
/// earlier one says, whenever it arrives.
public sealed interface JobEvent extends Event {

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
  /// @param alarm how long it may take from `at` to its end, or null
  /// @param scheduledFor the instant it was due; null when a person asked for it
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
      @Nullable Instant scheduledFor,
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
  /// @param reason who confirmed it and why, in words for people
  @JsonTypeName("job.cancelled.v1")
  record JobCancelled(UUID jobId, int attempt, long clues, String reason, Instant at)
      implements RunEvent {

    public JobCancelled {
      requireNonNull(jobId, "jobId");
      JobIds.requireAttempt(attempt);
      requireClues(clues);
      requireNonNull(reason, "reason");
      at = EventTime.require(at, "at");
    }
  }

  /// Somebody wants the job stopped, whichever run it is in. On {@link Topics#JOB_ABANDONMENTS};
  /// every agent reads all of them.
  ///
  /// @param requestedBy who asked, or null where nobody is known
  @JsonTypeName("job.abandon-requested.v1")
  record JobAbandonRequested(UUID jobId, @Nullable String requestedBy, Instant at)
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

package com.cluedin.jobs.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What became of the occurrences of schedules, told by the scheduler on {@link
/// Topics#SCHEDULE_DECISIONS}.
public sealed interface ScheduleEvent extends Event {

  JobTypeId jobTypeId();

  @Override
  default String key() {
    return jobTypeId().toString();
  }

  /// An occurrence was due, and this was decided. Every occurrence has exactly one.
  ///
  /// @param scheduledFor the occurrence, as the cron gives it
  /// @param jobId the job made for it; null when none was
  /// @param overlaps the unfinished job that it was skipped for, or that its own job waits for;
  ///   null when there was none or it does not matter
  /// @param late from when it was due to the decision
  /// @param note what daylight saving did to it, or who paused the schedule and why, in words for
  ///   people, or null
  @JsonTypeName("schedule.occurrence-decided.v1")
  record OccurrenceDecided(
      JobTypeId jobTypeId,
      Instant scheduledFor,
      Decision decision,
      @Nullable UUID jobId,
      @Nullable UUID overlaps,
      TimeSpan late,
      @Nullable String note,
      Instant at)
      implements ScheduleEvent {

    public OccurrenceDecided {
      requireNonNull(jobTypeId, "jobTypeId");
      requireNonNull(decision, "decision");
      requireNonNull(late, "late");
      if (decision.makesJob() != (jobId != null)) {
        throw new IllegalArgumentException(decision + " does not go with jobId " + jobId);
      }
      scheduledFor = EventTime.require(scheduledFor, "scheduledFor");
      at = EventTime.require(at, "at");
    }
  }

  /// What can become of an occurrence.
  enum Decision {
    /// A job was queued in time.
    FIRED(true),
    /// A job was queued, some seconds late.
    LATE(true),
    /// A job was made, and is queued when the unfinished one before it has ended.
    DEFERRED(true),
    /// A job was made though the occurrence was missed. Where all missed ones are caught up, each
    /// waits for the one before it.
    CAUGHT_UP(true),
    /// It was missed, and no job was queued for it.
    MISSED(false),
    /// An earlier job was not finished.
    SKIPPED_OVERLAP(false),
    /// The schedule was paused.
    SKIPPED_PAUSED(false);

    private final boolean makesJob;

    Decision(boolean makesJob) {
      this.makesJob = makesJob;
    }

    /// Whether there is a job of it.
    public boolean makesJob() {
      return makesJob;
    }

    /// As it is on the wire: `caught-up`.
    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.JobTypeView;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.cron.Cron;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A schedule of a configuration, and what can become of it. Nothing here asks for the time.
///
/// @param followed the place of the newest integration event it follows
/// @param removedAt when it was removed, or null while it fires
/// @param lastOccurrence the newest occurrence that was fired, or null
/// @param nextExecution the next occurrence, or null when there is none
record JobType(
    JobTypeId id,
    UUID userId,
    String name,
    @Nullable String configurationName,
    String cron,
    String timeZone,
    String queue,
    TimeSpan alarm,
    Instant createdAt,
    LogPlace followed,
    @Nullable Instant removedAt,
    @Nullable UUID lastJobId,
    @Nullable Instant lastExecution,
    @Nullable Instant lastOccurrence,
    @Nullable Instant nextExecution) {

  static final String DEFAULT_QUEUE = "default";

  /// A job type as its integration is first seen: with the cron it asks for, or every 4 hours at
  /// the minute it was enabled, which spreads the load by itself.
  static JobType first(IntegrationEnabled event, LogPlace place, Instant now) {
    return new JobType(
            event.jobTypeId(),
            event.userId(),
            event.name(),
            event.configurationName(),
            event.cron() == null ? everyFourHoursFrom(event.at()) : event.cron(),
            event.timeZone() == null ? "UTC" : event.timeZone(),
            event.queue() == null ? DEFAULT_QUEUE : event.queue(),
            event.alarm() == null ? TimeSpan.ZERO : event.alarm(),
            event.at(),
            place,
            null,
            null,
            null,
            null,
            null)
        .rescheduled(now);
  }

  /// Whether an event is news: one that was followed already, or an older one, changes nothing.
  boolean follows(LogPlace place) {
    return followed.compareTo(place) < 0;
  }

  /// The job type after its integration spoke again. The schedule belongs to people once it is
  /// there: cron and time zone stay as they are; a removed one comes back as it was.
  JobType enabledAgain(IntegrationEnabled event, LogPlace place, Instant now) {
    JobType back =
        new JobType(
            id,
            event.userId(),
            event.name(),
            event.configurationName(),
            cron,
            timeZone,
            event.queue() == null ? queue : event.queue(),
            event.alarm() == null ? alarm : event.alarm(),
            createdAt,
            place,
            null,
            lastJobId,
            lastExecution,
            lastOccurrence,
            nextExecution);
    return removedAt == null ? back : back.rescheduled(now);
  }

  JobType withCron(String newCron, Instant now) {
    return with(newCron, removedAt, lastJobId, lastExecution, lastOccurrence, nextExecution)
        .rescheduled(now);
  }

  JobType removed(Instant now) {
    return with(cron, now, lastJobId, lastExecution, lastOccurrence, null);
  }

  /// The job type after its integration was switched off.
  JobType disabled(IntegrationDisabled event, LogPlace place) {
    return new JobType(
        id,
        userId,
        name,
        configurationName,
        cron,
        timeZone,
        queue,
        alarm,
        createdAt,
        place,
        removedAt == null ? event.at() : removedAt,
        lastJobId,
        lastExecution,
        lastOccurrence,
        null);
  }

  /// What firing the occurrence that is due makes: its job, and the schedule after it. Occurrences
  /// missed since are passed over: the next one is after now.
  Fired fire(Instant now) {
    Instant occurrence = nextExecution;
    if (occurrence == null) {
      throw new IllegalStateException(id + " is not due");
    }
    UUID jobId = JobIds.ofOccurrence(id, occurrence);
    JobType after = with(cron, removedAt, jobId, now, occurrence, null).rescheduled(now);
    return new Fired(after, queued(jobId, occurrence, now));
  }

  /// What a person's wish for a run now makes. The schedule stays where it is.
  Fired trigger(Instant now) {
    UUID jobId = JobIds.ofRequest(now);
    JobType after = with(cron, removedAt, jobId, now, lastOccurrence, nextExecution);
    return new Fired(after, queued(jobId, null, now));
  }

  JobTypeView view() {
    return new JobTypeView(
        id,
        id.configurationId(),
        id.organizationId(),
        userId,
        cron,
        queue,
        alarm,
        createdAt,
        lastJobId,
        nextExecution,
        lastExecution);
  }

  /// The schedule from now on. An occurrence once fired stays behind, even if clocks go back.
  private JobType rescheduled(Instant now) {
    Instant from = lastOccurrence != null && lastOccurrence.isAfter(now) ? lastOccurrence : now;
    Instant next = Cron.parse(cron).next(from, ZoneId.of(timeZone));
    return with(cron, removedAt, lastJobId, lastExecution, lastOccurrence, next);
  }

  private JobQueued queued(UUID jobId, @Nullable Instant scheduledFor, Instant now) {
    return new JobQueued(
        jobId,
        id,
        userId,
        name,
        configurationName,
        queue,
        alarm.isZero() ? null : alarm,
        scheduledFor,
        1,
        now);
  }

  private JobType with(
      String newCron,
      @Nullable Instant newRemovedAt,
      @Nullable UUID newLastJobId,
      @Nullable Instant newLastExecution,
      @Nullable Instant newLastOccurrence,
      @Nullable Instant newNextExecution) {
    return new JobType(
        id,
        userId,
        name,
        configurationName,
        newCron,
        timeZone,
        queue,
        alarm,
        createdAt,
        followed,
        newRemovedAt,
        newLastJobId,
        newLastExecution,
        newLastOccurrence,
        newNextExecution);
  }

  private static String everyFourHoursFrom(Instant enabledAt) {
    return enabledAt.atOffset(ZoneOffset.UTC).getMinute() + " 0/4 * * *";
  }

  /// A job type after a job was queued, and that job.
  record Fired(JobType jobType, JobQueued job) {}
}

package com.cluedin.jobs.scheduler;

import static java.time.temporal.ChronoUnit.MILLIS;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobTypeDetail;
import com.cluedin.jobs.model.JobTypeDetail.Paused;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.JobTypeView;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.cron.Cron;
import com.cluedin.jobs.scheduler.cron.CronWords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A schedule of a configuration, and what can become of it. Nothing here asks for the time.
///
/// @param followed the place of the newest integration event it follows
/// @param removedAt when it was removed, or null while it fires
/// @param restoredAt when a person last brought it back after that, or null
record JobType(
    JobTypeId id,
    UUID userId,
    String name,
    @Nullable String configurationName,
    String queue,
    TimeSpan alarm,
    Instant createdAt,
    LogPlace followed,
    @Nullable Instant removedAt,
    @Nullable Instant restoredAt,
    @Nullable UUID lastJobId,
    @Nullable Instant lastExecution,
    Schedule schedule) {

  static final String DEFAULT_QUEUE = "default";

  /// A job type as its integration is first seen: with the cron it asks for, or every 4 hours at
  /// the minute it was enabled, which spreads the load by itself.
  static JobType first(IntegrationEnabled event, LogPlace place, Instant now) {
    String cron = event.cron() == null ? everyFourHoursFrom(event.at()) : event.cron();
    return new JobType(
        event.jobTypeId(),
        event.userId(),
        event.name(),
        event.configurationName(),
        event.queue() == null ? DEFAULT_QUEUE : event.queue(),
        event.alarm() == null ? TimeSpan.ZERO : event.alarm(),
        event.at(),
        place,
        null,
        null,
        null,
        null,
        Schedule.first(cron, event.timeZone()).from(now, event.jobTypeId()));
  }

  /// Whether an event is news: one that was followed already, or an older one, changes nothing.
  boolean follows(LogPlace place) {
    return followed.compareTo(place) < 0;
  }

  /// The job type after its integration spoke again. The schedule belongs to people once it is
  /// there: cron, time zone, policy and alarm stay as they are; a removed one comes back as it was,
  /// unless it was removed after this was said.
  JobType enabledAgain(IntegrationEnabled event, LogPlace place, Instant now) {
    boolean comesBack = removedAt != null && !place.at().isBefore(removedAt);
    return new JobType(
        id,
        event.userId(),
        event.name(),
        event.configurationName(),
        event.queue() == null ? queue : event.queue(),
        alarm,
        createdAt,
        place,
        comesBack ? null : removedAt,
        restoredAt,
        lastJobId,
        lastExecution,
        comesBack ? schedule.from(now, id) : schedule);
  }

  /// The job type with another cron, time zone or policy, each as it is where it is null. When its
  /// occurrences change, what is due is counted from now.
  JobType with(
      @Nullable String cron, @Nullable String timeZone, @Nullable Policy policy, Instant now) {
    Schedule changed =
        schedule.with(
            cron == null ? schedule.cron() : cron,
            timeZone == null ? schedule.timeZone() : timeZone,
            policy == null ? schedule.policy() : policy);
    return with(changed.occursAs(schedule) ? changed : changed.from(now, id));
  }

  JobType withAlarm(TimeSpan newAlarm) {
    return new JobType(
        id,
        userId,
        name,
        configurationName,
        queue,
        newAlarm,
        createdAt,
        followed,
        removedAt,
        restoredAt,
        lastJobId,
        lastExecution,
        schedule);
  }

  /// The job type while it is paused: what is due is passed over, and told.
  ///
  /// @param pause null: it is not paused any more
  JobType paused(Policy.@Nullable Pause pause) {
    Schedule changed =
        schedule.with(schedule.cron(), schedule.timeZone(), schedule.policy().paused(pause));
    return with(changed);
  }

  JobType removed(Instant now) {
    return with(now, restoredAt, lastJobId, lastExecution, schedule.ended());
  }

  /// The job type as it was before it was removed, due from now on; as it is where it is not
  /// removed. When that was is kept in milliseconds, as the broker tells time.
  JobType restored(Instant now) {
    return removedAt == null
        ? this
        : with(null, now.truncatedTo(MILLIS), lastJobId, lastExecution, schedule.from(now, id));
  }

  /// The job type after its integration was switched off, unless a person brought it back after
  /// this was said.
  JobType disabled(LogPlace place) {
    boolean ends = removedAt == null && (restoredAt == null || !place.at().isBefore(restoredAt));
    return new JobType(
        id,
        userId,
        name,
        configurationName,
        queue,
        alarm,
        createdAt,
        place,
        ends ? place.at() : removedAt,
        restoredAt,
        lastJobId,
        lastExecution,
        ends ? schedule.ended() : schedule);
  }

  /// What a person's wish for a run now makes. The schedule stays where it is; neither a pause nor
  /// an unfinished job stops it.
  ///
  /// @param requestedBy who asked, or null where nobody is known
  Fired trigger(UUID jobId, @Nullable String requestedBy, Instant now) {
    JobQueued job = queued(jobId, null, requestedBy, 1, now);
    return new Fired(
        afterQueuing(jobId, now), List.of(job), List.of(OpenJob.queued(job)), List.of());
  }

  /// The job type after one of its jobs was queued.
  JobType afterQueuing(UUID jobId, Instant now) {
    return with(removedAt, restoredAt, jobId, now, schedule);
  }

  /// What queues a job that waited, or that is to be tried again.
  JobQueued queuedAtLast(OpenJob job, Instant now) {
    return queued(job.jobId(), job.scheduledFor(), null, job.attempt(), now);
  }

  JobTypeView view() {
    return new JobTypeView(
        id,
        id.configurationId(),
        id.organizationId(),
        userId,
        schedule.cron(),
        queue,
        alarm,
        createdAt,
        lastJobId,
        schedule.nextExecution(),
        lastExecution);
  }

  JobTypeDetail detail() {
    Policy policy = schedule.policy();
    Policy.@Nullable Pause pause = policy.pause();
    return new JobTypeDetail(
        id,
        id.configurationId(),
        id.organizationId(),
        userId,
        name,
        configurationName,
        schedule.cron(),
        CronWords.of(Cron.parse(schedule.cron())),
        schedule.timeZone(),
        queue,
        alarm,
        policy.missed().toString(),
        policy.catchUp(),
        policy.overlap().toString(),
        policy.spread(),
        policy.retries().most(),
        policy.retries().delay(),
        policy.longestRun(),
        pause == null ? null : new Paused(pause.reason(), pause.by(), pause.at()),
        createdAt,
        lastJobId,
        schedule.nextExecution(),
        lastExecution,
        removedAt);
  }

  JobQueued queued(
      UUID jobId,
      @Nullable Instant scheduledFor,
      @Nullable String requestedBy,
      int attempt,
      Instant now) {
    TimeSpan longestRun = schedule.policy().longestRun();
    return new JobQueued(
        jobId,
        id,
        userId,
        name,
        configurationName,
        queue,
        alarm.isZero() ? null : alarm,
        longestRun.isZero() ? null : longestRun,
        scheduledFor,
        requestedBy,
        attempt,
        now);
  }

  JobType with(Schedule newSchedule) {
    return with(removedAt, restoredAt, lastJobId, lastExecution, newSchedule);
  }

  private JobType with(
      @Nullable Instant newRemovedAt,
      @Nullable Instant newRestoredAt,
      @Nullable UUID newLastJobId,
      @Nullable Instant newLastExecution,
      Schedule newSchedule) {
    return new JobType(
        id,
        userId,
        name,
        configurationName,
        queue,
        alarm,
        createdAt,
        followed,
        newRemovedAt,
        newRestoredAt,
        newLastJobId,
        newLastExecution,
        newSchedule);
  }

  private static String everyFourHoursFrom(Instant enabledAt) {
    return enabledAt.atOffset(ZoneOffset.UTC).getMinute() + " 0/4 * * *";
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeDetail;
import com.cluedin.jobs.model.JobTypeDetail.Paused;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.JobTypeView;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.cron.Cron;
import com.cluedin.jobs.scheduler.cron.CronWords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A schedule of a configuration, and what can become of it. Nothing here asks for the time.
///
/// @param followed the place of the newest integration event it follows
/// @param removedAt when it was removed, or null while it fires
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
        Schedule.first(cron, event.timeZone()).from(now, event.jobTypeId()));
  }

  /// Whether an event is news: one that was followed already, or an older one, changes nothing.
  boolean follows(LogPlace place) {
    return followed.compareTo(place) < 0;
  }

  /// The job type after its integration spoke again. The schedule belongs to people once it is
  /// there: cron, time zone and policy stay as they are; a removed one comes back as it was.
  JobType enabledAgain(IntegrationEnabled event, LogPlace place, Instant now) {
    return new JobType(
        id,
        event.userId(),
        event.name(),
        event.configurationName(),
        event.queue() == null ? queue : event.queue(),
        event.alarm() == null ? alarm : event.alarm(),
        createdAt,
        place,
        null,
        lastJobId,
        lastExecution,
        removedAt == null ? schedule : schedule.from(now, id));
  }

  /// The job type with another cron, time zone or policy, each as it is where it is null. What is
  /// due is counted from now.
  JobType with(
      @Nullable String cron, @Nullable String timeZone, @Nullable Policy policy, Instant now) {
    Schedule changed =
        schedule.with(
            cron == null ? schedule.cron() : cron,
            timeZone == null ? schedule.timeZone() : timeZone,
            policy == null ? schedule.policy() : policy);
    return with(removedAt, lastJobId, lastExecution, changed.from(now, id));
  }

  /// The job type while it is paused: what is due is passed over, and told.
  ///
  /// @param pause null: it is not paused any more
  JobType paused(Policy.@Nullable Pause pause) {
    Schedule changed =
        schedule.with(schedule.cron(), schedule.timeZone(), schedule.policy().paused(pause));
    return with(removedAt, lastJobId, lastExecution, changed);
  }

  JobType removed(Instant now) {
    return with(now, lastJobId, lastExecution, schedule.ended());
  }

  /// The job type after its integration was switched off.
  JobType disabled(IntegrationDisabled event, LogPlace place) {
    return new JobType(
        id,
        userId,
        name,
        configurationName,
        queue,
        alarm,
        createdAt,
        place,
        removedAt == null ? event.at() : removedAt,
        lastJobId,
        lastExecution,
        schedule.ended());
  }

  /// What the occurrences that are due make: a decision about each, jobs, and the schedule after
  /// them.
  ///
  /// @param most how many occurrences at most; the rest is due again
  Fired fire(Instant now, int most) {
    Occurrences due = schedule.decide(id, now, most);
    Cron cron = Cron.parse(schedule.cron());
    List<OccurrenceDecided> decisions = new ArrayList<>();
    List<JobQueued> jobs = new ArrayList<>();
    for (Occurrences.Decided decided : due.decided()) {
      Instant occurrence = decided.occurrence();
      @Nullable UUID jobId =
          decided.decision().makesJob() ? JobIds.ofOccurrence(id, occurrence) : null;
      decisions.add(
          new OccurrenceDecided(
              id,
              occurrence,
              decided.decision(),
              jobId,
              null,
              new TimeSpan(decided.late()),
              DaylightSaving.note(cron, occurrence, schedule.zone()),
              now));
      if (jobId != null) {
        jobs.add(queued(jobId, occurrence, now));
      }
    }
    JobType after =
        with(
            removedAt,
            jobs.isEmpty() ? lastJobId : jobs.getLast().jobId(),
            jobs.isEmpty() ? lastExecution : now,
            schedule.after(due, id));
    return new Fired(after, decisions, jobs);
  }

  /// What a person's wish for a run now makes. The schedule stays where it is; a pause does not
  /// stop it.
  Fired trigger(Instant now) {
    JobQueued job = queued(JobIds.ofRequest(now), null, now);
    return new Fired(with(removedAt, job.jobId(), now, schedule), List.of(), List.of(job));
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
        "skip",
        policy.spread(),
        0,
        TimeSpan.ZERO,
        TimeSpan.ZERO,
        pause == null ? null : new Paused(pause.reason(), pause.by(), pause.at()),
        createdAt,
        lastJobId,
        schedule.nextExecution(),
        lastExecution);
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
        null,
        scheduledFor,
        null,
        1,
        now);
  }

  private JobType with(
      @Nullable Instant newRemovedAt,
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
        newLastJobId,
        newLastExecution,
        newSchedule);
  }

  private static String everyFourHoursFrom(Instant enabledAt) {
    return enabledAt.atOffset(ZoneOffset.UTC).getMinute() + " 0/4 * * *";
  }

  /// A job type after jobs were queued or occurrences passed over, and what is to be told of it.
  record Fired(JobType jobType, List<OccurrenceDecided> decisions, List<JobQueued> jobs) {

    /// The one job of a trigger.
    JobQueued job() {
      return jobs.getFirst();
    }

    Stream<Event> events() {
      return Stream.concat(jobs.stream(), decisions.stream());
    }
  }
}

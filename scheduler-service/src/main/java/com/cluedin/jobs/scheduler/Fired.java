package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.Occurrences.Decided;
import com.cluedin.jobs.scheduler.cron.Cron;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A job type after jobs were made or occurrences passed over.
///
/// @param queued jobs to be queued now
/// @param opened all jobs that were made, those that wait too
/// @param told what else is to be told
record Fired(
    JobType jobType, List<JobQueued> queued, List<OpenJob> opened, List<? extends Event> told) {

  /// What the occurrences that are due make: a decision about each, jobs, and the schedule after
  /// them.
  ///
  /// @param most how many occurrences at most; the rest is due again
  /// @param unfinished its jobs that have not ended
  static Fired of(JobType jobType, Instant now, int most, Unfinished unfinished) {
    Schedule schedule = jobType.schedule();
    Occurrences due = Occurrences.decide(schedule, jobType.id(), now, most, unfinished);
    Cron cron = Cron.parse(schedule.cron());
    List<JobQueued> queued = new ArrayList<>();
    List<OpenJob> opened = new ArrayList<>();
    List<Event> told = new ArrayList<>();
    for (Decided decided : due.decided()) {
      told.add(told(decided, jobType, cron, now));
      decided.replaces().forEach(job -> told.add(abandonment(job, decided, now)));
      if (decided.waits()) {
        opened.add(OpenJob.waiting(decided, jobType.id()));
      } else if (decided.jobId() != null) {
        JobQueued job = jobType.queued(decided.jobId(), decided.occurrence(), null, 1, now);
        queued.add(job);
        opened.add(OpenJob.queued(job));
      }
    }
    JobType after =
        queued.isEmpty() ? jobType : jobType.afterQueuing(queued.getLast().jobId(), now);
    return new Fired(after.with(schedule.after(due, jobType.id())), queued, opened, told);
  }

  /// The one job of a trigger.
  JobQueued job() {
    return queued.getFirst();
  }

  Stream<Event> events() {
    return Stream.concat(queued.stream(), told.stream());
  }

  private static OccurrenceDecided told(Decided decided, JobType jobType, Cron cron, Instant now) {
    Schedule schedule = jobType.schedule();
    Policy.@Nullable Pause pause = schedule.policy().pause();
    return new OccurrenceDecided(
        jobType.id(),
        decided.occurrence(),
        decided.decision(),
        decided.jobId(),
        decided.overlaps(),
        new TimeSpan(decided.late()),
        pause == null
            ? DaylightSaving.note(cron, decided.occurrence(), schedule.zone())
            : pause.inWords(),
        now);
  }

  private static JobAbandonRequested abandonment(UUID job, Decided decided, Instant now) {
    String reason = "The job of %s takes its place.".formatted(decided.occurrence());
    return new JobAbandonRequested(job, null, reason, now);
  }
}

package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobDetail;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobRunView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Tells all that is known of a job.
@Component
class JobDetails {

  private final Jobs jobs;
  private final History history;
  private final Snapshot snapshot;

  JobDetails(Jobs jobs, History history, Snapshot snapshot) {
    this.jobs = jobs;
    this.history = history;
    this.snapshot = snapshot;
  }

  /// A job as it is at one moment, unless it is another organization's.
  Mono<JobDetail> find(UUID jobId, @Nullable UUID organization) {
    return snapshot.of(
        jobs.find(jobId, organization)
            .flatMap(job ->
                jobs.runs(job)
                    .zipWhen(_ -> history.of(jobId), (runs, events) -> detail(job, runs, events))),
        "Ask again in a moment.");
  }

  static JobDetail detail(Job job, List<JobRunView> runs, List<HeardEvent> events) {
    JobQueued queued = job.queued();
    RunFacts run = job.newestRun();
    Story story = Story.of(events, job.wish(), run);
    return new JobDetail(
        job.id(),
        job.newestRunId(),
        queued.jobTypeId(),
        queued.jobTypeId().configurationId(),
        queued.jobTypeId().organizationId(),
        queued.userId(),
        queued.name(),
        queued.configurationName(),
        queued.queue(),
        job.status(),
        run.progress(),
        queued.scheduledFor(),
        queued.requestedBy(),
        queued.at(),
        run.startedAt(),
        run.finishedAt(),
        queued.alarm(),
        job.alarmRaisedAt(),
        queued.longestRun(),
        run.heardAt(),
        run.isSilent() ? run.heardAt() : null,
        run.state() == JobState.QUEUED ? story.retryAt() : null,
        Text.orNull(run.remark()),
        story.abandonment(),
        runs,
        story.states(),
        story.events());
  }
}

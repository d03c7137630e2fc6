package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.service.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Takes the wish to stop a job: tells every agent, and answers when Kafka has it and the read
/// model shows it.
@Component
class Abandonments {

  private final Jobs jobs;
  private final ReadModel readModel;
  private final Teller teller;
  private final Clock clock;

  Abandonments(Jobs jobs, ReadModel readModel, Teller teller, Clock clock) {
    this.jobs = jobs;
    this.readModel = readModel;
    this.teller = teller;
    this.clock = clock;
  }

  /// Abandons a job, whichever run it is in.
  ///
  /// @param runId one of its runs, the newest or an earlier one
  /// @param requestedBy the person who asks, or null where nobody is known
  /// @return the job as it stands then
  Mono<Job> abandon(
      UUID jobId, UUID runId, @Nullable UUID organization, @Nullable String requestedBy) {
    return jobs.find(jobId, organization)
        .filter(job -> isRunOf(runId, job))
        .switchIfEmpty(
            Mono.error(() -> Refusal.notFound("No job %s with a run %s.".formatted(jobId, runId))))
        .flatMap(job ->
            tell(toTell(job, requestedBy, clock.instant())).then(jobs.find(jobId, organization)));
  }

  /// What has to be told so that the job stops; nothing when it is stopping or has stopped already.
  ///
  /// @throws Refusal 409 when it has come to another end
  static List<JobEvent> toTell(Job job, @Nullable String requestedBy, Instant now) {
    JobAbandonRequested request = new JobAbandonRequested(job.id(), requestedBy, null, now);
    return switch (job.newestRun().state()) {
      case QUEUED -> List.of(request, JobWatch.neverBegun(job, now));
      case EXECUTING -> job.isAbandoned() ? List.of() : List.of(request);
      case CANCELLED -> List.of();
      case FAILED, COMPLETED ->
          throw Refusal.conflict(
              "The job has %s already; there is nothing to abandon."
                  .formatted(job.newestRun().state().toString().toLowerCase(Locale.ROOT)),
              Map.of("state", job.newestRun().state().toString()));
    };
  }

  private static boolean isRunOf(UUID runId, Job job) {
    int attempt = JobIds.attemptOf(runId);
    return JobIds.jobOf(runId).equals(job.id())
        && attempt > 0
        && attempt <= job.newestRun().attempt();
  }

  private Mono<Void> tell(List<JobEvent> told) {
    return Flux.fromIterable(told)
        .concatMap(event ->
            event instanceof JobAbandonRequested ? teller.tellNew(event) : teller.tell(event))
        .reduce(JobFacts::merge)
        .flatMap(facts -> readModel.merge(List.of(facts)))
        .then();
  }
}

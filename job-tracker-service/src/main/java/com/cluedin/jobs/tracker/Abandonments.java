package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.service.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Takes the wish to stop a job: tells every agent, and answers when Kafka has it and the read
/// model shows it.
@Component
class Abandonments {

  private final Jobs jobs;
  private final ReadModel readModel;
  private final KafkaTemplate<String, Event> events;
  private final Clock clock;

  Abandonments(Jobs jobs, ReadModel readModel, KafkaTemplate<String, Event> events, Clock clock) {
    this.jobs = jobs;
    this.readModel = readModel;
    this.events = events;
    this.clock = clock;
  }

  /// Abandons a job, whichever run it is in.
  ///
  /// @param runId one of its runs, the newest or an earlier one
  /// @return the job as it stands then
  Mono<Job> abandon(UUID jobId, UUID runId, @Nullable UUID organization) {
    return jobs.find(jobId, organization)
        .filter(job -> isRunOf(runId, job))
        .switchIfEmpty(
            Mono.error(() -> Refusal.notFound("No job %s with a run %s.".formatted(jobId, runId))))
        .flatMap(job -> tell(toTell(job, clock.instant())).then(jobs.find(jobId, organization)));
  }

  /// Ends a run in place of its agent, which does not answer any more.
  Mono<Void> cancel(Job job, String reason) {
    return tell(List.of(cancelled(job, reason, clock.instant())));
  }

  /// What has to be told so that the job stops; nothing when it is stopping or has stopped already.
  ///
  /// @throws Refusal 409 when it has come to another end
  static List<JobEvent> toTell(Job job, Instant now) {
    JobAbandonRequested request = new JobAbandonRequested(job.id(), null, null, now);
    return switch (job.newestRun().state()) {
      case QUEUED -> List.of(request, cancelled(job, "abandoned before an agent began it", now));
      case EXECUTING -> job.isAbandoned() ? List.of() : List.of(request);
      case CANCELLED -> List.of();
      case FAILED, COMPLETED ->
          throw Refusal.conflict(
              "The job has %s already; there is nothing to abandon."
                  .formatted(job.newestRun().state().toString().toLowerCase(Locale.ROOT)),
              Map.of("state", job.newestRun().state().toString()));
    };
  }

  private static JobCancelled cancelled(Job job, String reason, Instant now) {
    RunFacts run = job.newestRun();
    return new JobCancelled(job.id(), run.attempt(), run.progress(), reason, null, now);
  }

  private static boolean isRunOf(UUID runId, Job job) {
    for (int attempt = job.newestRun().attempt(); attempt > 0; attempt--) {
      if (JobIds.run(job.id(), attempt).equals(runId)) {
        return true;
      }
    }
    return false;
  }

  /// Sending may wait for Kafka, so it is done where waiting hurts nobody: on none of the threads
  /// that answer requests, and not on the producer's own, which brings what it waits for.
  private Mono<Void> tell(List<JobEvent> told) {
    return Flux.fromIterable(told)
        .concatMap(event ->
            Mono.fromFuture(() -> events.send(topicOf(event), event.key(), event))
                .subscribeOn(Schedulers.boundedElastic()))
        .map(sent -> Instant.ofEpochMilli(sent.getRecordMetadata().timestamp()))
        .collectList()
        .flatMap(times -> readModel.merge(facts(told, times), Map.of()));
  }

  private static List<JobFacts> facts(List<JobEvent> told, List<Instant> times) {
    List<JobFacts> facts = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      facts.add(JobFacts.of(told.get(i), times.get(i)));
    }
    return facts.stream().reduce(JobFacts::merge).map(List::of).orElse(List.of());
  }

  private static String topicOf(JobEvent event) {
    return event instanceof JobAbandonRequested ? Topics.JOB_ABANDONMENTS : Topics.JOB_EVENTS;
  }
}

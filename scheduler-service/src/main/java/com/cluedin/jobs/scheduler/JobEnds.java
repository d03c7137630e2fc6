package com.cluedin.jobs.scheduler;

import static java.util.stream.Collectors.groupingBy;

import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.service.WholeTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Follows how jobs end: those that ended make room for others of their job type, those whose run
/// failed are queued again later. Hearing it twice changes nothing. What cannot be read is the
/// tracker's to tell of.
@Component
class JobEnds {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final OpenJobs openJobs;
  private final JobTypes jobTypes;
  private final Outbox outbox;
  private final WholeTransactions transaction;

  JobEnds(OpenJobs openJobs, JobTypes jobTypes, Outbox outbox, WholeTransactions transaction) {
    this.openJobs = openJobs;
    this.jobTypes = jobTypes;
    this.outbox = outbox;
    this.transaction = transaction;
  }

  void on(List<ConsumerRecord<String, Message>> batch) {
    List<RunEvent> events = batch.stream().flatMap(JobEnds::concerning).toList();
    if (!events.isEmpty()) {
      follow(events).as(transaction::transactional).block(TIMEOUT);
    }
  }

  private static Stream<RunEvent> concerning(ConsumerRecord<String, Message> record) {
    return record.value() instanceof RunEvent event && OpenJob.isConcernedBy(event)
        ? Stream.of(event)
        : Stream.empty();
  }

  private Mono<Void> follow(List<RunEvent> events) {
    return openJobs
        .lock(events.stream().map(RunEvent::jobId).distinct().toList())
        .flatMap(open -> jobTypes.now().map(now -> after(events, open, now)))
        .flatMap(after ->
            openJobs
                .remove(after.ended())
                .then(openJobs.update(after.changed()))
                .then(outbox.add(after.told())));
  }

  /// What the events make of the jobs.
  ///
  /// @param events in their order
  static After after(List<RunEvent> events, Map<OpenJob, Retries> open, Instant now) {
    After after = new After(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Map<UUID, List<RunEvent>> byJob = events.stream().collect(groupingBy(RunEvent::jobId));
    open.forEach((before, policy) -> {
      @Nullable OpenJob job = before;
      for (RunEvent event : byJob.getOrDefault(before.jobId(), List.of())) {
        job = job == null ? null : job.after(event, policy, now);
      }
      after.add(before, job, policy, now);
    });
    return after;
  }

  /// @param ended jobs that came to their end
  /// @param changed jobs as they are now
  /// @param told retries
  record After(List<UUID> ended, List<OpenJob> changed, List<JobRetryScheduled> told) {

    private void add(OpenJob before, @Nullable OpenJob job, Retries policy, Instant now) {
      if (job == null) {
        ended.add(before.jobId());
      } else if (!job.equals(before)) {
        changed.add(job);
        if (job.retries() > before.retries()) {
          told.add(job.retryScheduled(policy, now));
        }
      }
    }
  }
}

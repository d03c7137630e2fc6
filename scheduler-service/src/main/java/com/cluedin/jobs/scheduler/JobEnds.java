package com.cluedin.jobs.scheduler;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.service.WholeTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /// Where only ends are told, as mostly, no job has to be looked at.
  private Mono<Void> follow(List<RunEvent> events) {
    return events.stream().allMatch(OpenJob::isEndedBy)
        ? openJobs.remove(ends(events))
        : openJobs
            .lock(events.stream().map(RunEvent::jobId).distinct().toList())
            .flatMap(open -> jobTypes.now().map(now -> after(events, open, now)))
            .flatMap(after ->
                openJobs
                    .remove(after.ended())
                    .then(openJobs.update(after.changed()))
                    .then(outbox.add(after.told())));
  }

  /// The last run that ended of each job.
  static SortedMap<UUID, Integer> ends(List<RunEvent> events) {
    return events.stream()
        .collect(
            toMap(
                RunEvent::jobId, RunEvent::attempt, Math::max, () -> new TreeMap<>(JobIds.ORDER)));
  }

  /// What the events make of the jobs.
  ///
  /// @param events in their order
  static After after(List<RunEvent> events, Map<OpenJob, Retries> open, Instant now) {
    After after = new After(new TreeMap<>(JobIds.ORDER), new ArrayList<>(), new ArrayList<>());
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

  /// @param ended jobs that came to their end, and the newest run that was known of each
  /// @param changed jobs as they are now
  /// @param told retries
  record After(
      SortedMap<UUID, Integer> ended, List<OpenJob> changed, List<JobRetryScheduled> told) {

    private void add(OpenJob before, @Nullable OpenJob job, Retries policy, Instant now) {
      if (job == null) {
        ended.put(before.jobId(), before.attempt());
      } else if (!job.equals(before)) {
        changed.add(job);
        if (job.retries() > before.retries()) {
          told.add(job.retryScheduled(policy, now));
        }
      }
    }
  }
}

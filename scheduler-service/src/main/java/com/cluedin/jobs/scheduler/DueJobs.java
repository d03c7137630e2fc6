package com.cluedin.jobs.scheduler;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.service.WholeTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Queues jobs whose time has come: those to be tried again, and those that waited for an earlier
/// one to end.
@Component
class DueJobs {

  private static final String REMOVED = "Its schedule was removed while it waited.";

  private final OpenJobs openJobs;
  private final JobTypes jobTypes;
  private final Outbox outbox;
  private final WholeTransactions transaction;
  private final int batchSize;

  DueJobs(
      OpenJobs openJobs,
      JobTypes jobTypes,
      Outbox outbox,
      WholeTransactions transaction,
      SchedulerSettings settings) {
    this.openJobs = openJobs;
    this.jobTypes = jobTypes;
    this.outbox = outbox;
    this.transaction = transaction;
    this.batchSize = settings.batchSize();
  }

  /// Queues one batch; gives how many jobs.
  Mono<Integer> queue() {
    return openJobs
        .claimDue(batchSize)
        .collectList()
        .flatMap(due -> due.isEmpty() ? Mono.just(0) : queue(due))
        .as(transaction::transactional);
  }

  /// How long until a retry is due: negative when it is overdue, empty when none is ever.
  Mono<Duration> untilNext() {
    return openJobs.untilNextRetry();
  }

  private Mono<Integer> queue(List<OpenJob> due) {
    Set<JobTypeId> types = due.stream().map(OpenJob::jobTypeId).collect(toSet());
    return jobTypes
        .of(types) // claimed with their jobs
        .collectMap(JobType::id)
        .flatMap(known -> jobTypes.now().flatMap(now -> queue(due, known, now)))
        .thenReturn(due.size());
  }

  private Mono<Void> queue(List<OpenJob> due, Map<JobTypeId, JobType> types, Instant now) {
    return outbox
        .add(due.stream().flatMap(job -> told(job, typeOf(job, types), now)).toList())
        .then(openJobs.update(due.stream().map(OpenJob::queuedNow).toList()))
        .then(
            jobTypes.save(
                List.copyOf(
                    due.stream()
                        .filter(OpenJob::waits)
                        .map(job -> typeOf(job, types).afterQueuing(job.jobId(), now))
                        .collect(toMap(JobType::id, identity(), (_, newest) -> newest))
                        .values())));
  }

  /// A job that waited while its schedule was removed is queued, so that it is seen, and cancelled.
  static Stream<JobEvent> told(OpenJob job, JobType jobType, Instant now) {
    JobQueued queued = jobType.queuedAtLast(job, now);
    return job.waits() && jobType.removedAt() != null
        ? Stream.of(queued, new JobAbandonRequested(job.jobId(), null, REMOVED, now))
        : Stream.of(queued);
  }

  private static JobType typeOf(OpenJob job, Map<JobTypeId, JobType> types) {
    return Objects.requireNonNull(types.get(job.jobTypeId()), "a job type is never deleted");
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.scheduler.JobType.Fired;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// Decides about what is due and fires it. The claim, the next occurrence and the outbox rows
/// commit together, so that an occurrence is decided once, by whichever scheduler.
@Component
class DueSchedules {

  /// Of one job type. Only after an outage, or for one that is due every second, is it more than
  /// one.
  private static final int OCCURRENCES_AT_ONCE = 500;

  private final JobTypes jobTypes;
  private final Outbox outbox;
  private final TransactionalOperator transaction;
  private final int batchSize;

  DueSchedules(
      JobTypes jobTypes,
      Outbox outbox,
      TransactionalOperator transaction,
      SchedulerSettings settings) {
    this.jobTypes = jobTypes;
    this.outbox = outbox;
    this.transaction = transaction;
    this.batchSize = settings.batchSize();
  }

  /// Fires one batch of what is due; gives how many job types were fired.
  Mono<Integer> fire() {
    return jobTypes
        .now()
        .flatMap(now -> jobTypes.claimDue(batchSize).collectList().flatMap(due -> fire(due, now)))
        .as(transaction::transactional);
  }

  /// How long until something is due: negative when it is overdue, empty when nothing ever is.
  Mono<Duration> untilNext() {
    return jobTypes.untilNext();
  }

  private Mono<Integer> fire(List<JobType> due, Instant now) {
    List<Fired> fired =
        due.stream().map(jobType -> jobType.fire(now, OCCURRENCES_AT_ONCE)).toList();
    return outbox
        .add(fired.stream().flatMap(Fired::events).toList())
        .then(jobTypes.save(fired.stream().map(Fired::jobType).toList()))
        .thenReturn(fired.size());
  }
}

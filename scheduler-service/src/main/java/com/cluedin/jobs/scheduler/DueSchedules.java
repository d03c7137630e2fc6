package com.cluedin.jobs.scheduler;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.service.Refusal;
import com.cluedin.jobs.service.WholeTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// Decides about what is due and fires it. The claim, the next occurrence and the outbox rows
/// commit together, so that an occurrence is decided once, by whichever scheduler.
@Component
class DueSchedules {

  /// Of one job type. Only after an outage, or for one that is due every second, is it more than
  /// one.
  private static final int OCCURRENCES_AT_ONCE = 500;

  private static final int MOST_TURNS = 20;
  private static final int MOST_AHEAD = 10_000;

  /// What is committed later than this was not in time: lateness is told in whole seconds.
  static final Duration IN_TIME = Duration.ofSeconds(1);

  /// Nothing is begun as early as that.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /// Where a job ended in the moment in which another was made to wait for it.
  static final Retry DECIDED_ANEW =
      Retry.max(3).filter(fault -> fault instanceof DataIntegrityViolationException);

  private final JobTypes jobTypes;
  private final OpenJobs openJobs;
  private final Outbox outbox;
  private final WholeTransactions transaction;
  private final int batchSize;

  DueSchedules(
      JobTypes jobTypes,
      OpenJobs openJobs,
      Outbox outbox,
      WholeTransactions transaction,
      SchedulerSettings settings) {
    this.jobTypes = jobTypes;
    this.openJobs = openJobs;
    this.outbox = outbox;
    this.transaction = transaction;
    this.batchSize = settings.batchSize();
  }

  /// Fires one batch of what is due; gives how many job types were fired.
  Mono<Integer> fire() {
    return jobTypes
        .now()
        .flatMap(now -> jobTypes.claimDue(batchSize).collectList().flatMap(due -> fire(due, now)))
        .map(List::size)
        .as(transaction::transactional)
        .retryWhen(DECIDED_ANEW);
  }

  /// Fires what is due of these in the running transaction, before they change: an occurrence is
  /// decided by its schedule as it was.
  ///
  /// @param found locked
  /// @return them as they are then
  /// @throws Refusal 409 when they are due too often for that
  Mono<List<JobType>> settle(List<JobType> found, Instant now) {
    return settle(found, now, MOST_TURNS);
  }

  private Mono<List<JobType>> settle(List<JobType> found, Instant now, int turns) {
    List<JobType> due = found.stream().filter(jobType -> jobType.schedule().isDue(now)).toList();
    if (due.isEmpty()) {
      return Mono.just(found);
    }
    if (turns == 0) {
      return Mono.error(() ->
          Refusal.conflict(
              "Missed occurrences are being caught up; try again in a moment.", Map.of()));
    }
    return fire(due, now)
        .map(fired -> replaced(found, fired))
        .flatMap(settled -> settle(settled, now, turns - 1));
  }

  /// What is due next; empty when nothing ever is.
  Mono<Upcoming> upcoming() {
    return jobTypes.upcoming(MOST_AHEAD);
  }

  /// How long until this instant; negative when it is past.
  Mono<Duration> until(Instant instant) {
    return jobTypes.until(instant);
  }

  /// Decides and writes ahead what is due at an instant soon to come, and commits when it has come.
  /// Nobody sees it before, and who wants to change one of the job types waits: it is fired as it
  /// was. What has unfinished jobs is left, for they may end until then; so is what there was no
  /// time for.
  ///
  /// @return how many job types were claimed
  Mono<Integer> fireAt(Instant due) {
    return Mono.defer(
            () -> {
              List<Event> told = new ArrayList<>();
              return claimAt(due, 0, told)
                  .flatMap(claimed ->
                      claimed == 0
                          ? Mono.just(0)
                          : outbox.add(told).then(awaitInstant(due)).thenReturn(claimed));
            })
        .as(transaction::transactional);
  }

  /// One batch after the other while it is not due.
  ///
  /// @param told is given what is to be told after all jobs
  /// @return how many job types were claimed
  private Mono<Integer> claimAt(Instant due, int before, List<Event> told) {
    int most = Math.min(batchSize, MOST_AHEAD - before);
    return jobTypes
        .claimDueAt(due, most)
        .collectList()
        .flatMap(claimed -> {
          int all = before + claimed.size();
          return claimed.size() < most || all == MOST_AHEAD
              ? decideAt(due, claimed, told).thenReturn(all)
              : decideAt(due, claimed, told)
                  .then(jobTypes.until(due))
                  .flatMap(left -> left.isPositive() ? claimAt(due, all, told) : Mono.just(all));
        });
  }

  /// A job may have come to the queue while its job type was claimed.
  private Mono<Void> decideAt(Instant due, List<JobType> claimed, List<Event> told) {
    return openJobs
        .of(claimed.stream().map(JobType::id).toList())
        .map(unfinished ->
            claimed.stream()
                .filter(jobType -> !unfinished.containsKey(jobType.id()))
                .map(jobType -> fire(jobType, unfinished, due))
                .toList())
        .doOnNext(fired -> fired.forEach(one -> told.addAll(one.told())))
        .flatMap(
            fired -> keep(fired, fired.stream().flatMap(one -> one.queued().stream()).toList()))
        .then();
  }

  /// Ends when it is due.
  ///
  /// @throws IllegalStateException when it was due too long ago for what is told of it, or the
  ///   clock was set back
  private Mono<Void> awaitInstant(Instant due) {
    return jobTypes
        .until(due)
        .flatMap(left -> {
          if (left.compareTo(LONGEST_WAIT) > 0 || left.negated().compareTo(IN_TIME) >= 0) {
            return Mono.error(
                new IllegalStateException(
                    "%s is %s away: what was decided ahead is decided anew".formatted(due, left)));
          }
          return left.isPositive()
              ? Mono.delay(left).then(Mono.defer(() -> awaitInstant(due)))
              : Mono.empty();
        });
  }

  private Mono<List<JobType>> fire(List<JobType> due, Instant now) {
    if (due.isEmpty()) {
      return Mono.just(due);
    }
    List<JobTypeId> letWait =
        due.stream()
            .filter(jobType -> jobType.schedule().policy().letsWait())
            .map(JobType::id)
            .toList();
    return openJobs
        .hold(letWait)
        .then(openJobs.of(due.stream().map(JobType::id).toList()))
        .map(unfinished -> due.stream().map(jobType -> fire(jobType, unfinished, now)).toList())
        .flatMap(this::keep);
  }

  private static Fired fire(JobType jobType, Map<JobTypeId, Unfinished> unfinished, Instant now) {
    return Fired.of(
        jobType, now, OCCURRENCES_AT_ONCE, unfinished.getOrDefault(jobType.id(), Unfinished.NONE));
  }

  /// Keeps what was made of job types, in the running transaction.
  Mono<List<JobType>> keep(List<Fired> fired) {
    return keep(fired, fired.stream().flatMap(Fired::events).toList());
  }

  private Mono<List<JobType>> keep(List<Fired> fired, List<? extends Event> told) {
    if (fired.isEmpty()) {
      return Mono.just(List.of());
    }
    List<JobType> after = fired.stream().map(Fired::jobType).toList();
    List<OpenJob> opened = fired.stream().flatMap(one -> one.opened().stream()).toList();
    return outbox.add(told, OpenJobs.added(opened), JobTypes.fired(after)).thenReturn(after);
  }

  private static List<JobType> replaced(List<JobType> found, List<JobType> fired) {
    Map<JobTypeId, JobType> byId = fired.stream().collect(toMap(JobType::id, identity()));
    return found.stream().map(jobType -> byId.getOrDefault(jobType.id(), jobType)).toList();
  }
}

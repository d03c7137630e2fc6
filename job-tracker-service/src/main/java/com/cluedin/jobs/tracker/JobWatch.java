package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.service.WholeTransactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Says of jobs what nobody else will: that one is late, that an agent is silent, that a run takes
/// too long, and that a run has ended where its agent does not say so. If the agent does later, and
/// completed the job, that counts more.
///
/// A look begins when a transaction does, makes sure that all Kafka had then has been read, and
/// judges by that time. While there is more to be read, it says nothing.
///
/// Of several trackers one looks at a time: what it says is in Kafka and in the read model before
/// the next one looks, so everything is said once; after a crash between the two it is said again
/// under the same id.
@Component
@InService
class JobWatch {

  private static final Logger log = LoggerFactory.getLogger(JobWatch.class);

  /// What an event may take from an agent to Kafka, and what their clocks may disagree by: of what
  /// Kafka has not got when a look begins nobody can know.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  /// What Kafka has not taken by then is left to the next look.
  private static final Duration LONGEST_TELLING = Duration.ofSeconds(5);

  private static final int AT_ONCE = 32;

  private final Backlog backlog;
  private final WatchedJobs jobs;
  private final Teller teller;
  private final ReadModel readModel;
  private final WholeTransactions transaction;
  private final Clock clock;
  private final Duration lease;
  private final Counter alarms;
  private final Counter silences;

  JobWatch(
      Backlog backlog,
      WatchedJobs jobs,
      Teller teller,
      ReadModel readModel,
      WholeTransactions transaction,
      Clock clock,
      TrackerSettings settings,
      MeterRegistry metrics) {
    this.backlog = backlog;
    this.jobs = jobs;
    this.teller = teller;
    this.readModel = readModel;
    this.transaction = transaction;
    this.clock = clock;
    this.lease = settings.lease();
    this.alarms = metrics.counter("crawl.jobs.alarms.raised");
    this.silences = metrics.counter("crawl.jobs.silent.raised");
  }

  /// The first look waits for a lease: who is alive is heard in that time, so that nobody is taken
  /// for silent because no tracker was there to listen.
  @Scheduled(fixedDelay = 500, initialDelayString = "${tracker.lease:15s}")
  Mono<Void> look() {
    return backlog
        .isRead()
        .filter(read -> read)
        .flatMap(_ -> jobs.watchAlone())
        .filter(alone -> alone)
        .flatMap(_ -> due().collectList())
        .flatMap(this::tell)
        .as(transaction::transactional)
        .doOnNext(told -> told.forEach(this::count))
        .then();
  }

  private Flux<JobEvent> due() {
    Duration patience = lease.plus(ON_ITS_WAY);
    return Flux.concat(
        each(jobs.abandonedInTheQueue(), JobWatch::neverBegun),
        each(jobs.abandonedAndSilent(patience), JobWatch::notAnswering),
        each(jobs.abandonedAndStillRunning(patience), JobWatch::notStopping),
        each(jobs.runningTooLong(), JobWatch::tooLong),
        each(jobs.notStopped(patience), JobWatch::notConfirmed),
        each(jobs.late(ON_ITS_WAY), JobWatch::late),
        each(jobs.silent(patience), JobWatch::silent));
  }

  static JobEvent neverBegun(Job job, Instant now) {
    return job.cancelled("abandoned before an agent began it", now);
  }

  static JobEvent notAnswering(Job job, Instant now) {
    return job.cancelled("abandoned; its agent was silent for longer than its lease", now);
  }

  static JobEvent notStopping(Job job, Instant now) {
    return job.cancelled(
        "abandoned; it ran longer than it may, and its agent did not confirm that it stopped", now);
  }

  /// The wish is never said to be from before the latest end, whatever this machine's clock says:
  /// whose wish came first decides how the job ends.
  static JobEvent tooLong(Job job, Instant now) {
    TimeSpan longest = requireNonNull(job.queued().longestRun());
    Instant latestEnd = requireNonNull(job.newestRun().firstHeardAt()).plus(longest.duration());
    return new JobAbandonRequested(
        job.id(),
        null,
        "It ran longer than %s.".formatted(longest),
        now.isBefore(latestEnd) ? latestEnd : now);
  }

  static JobEvent notConfirmed(Job job, Instant now) {
    return new JobFailed(
        job.id(),
        job.newestRun().attempt(),
        job.newestRun().progress(),
        "It ran longer than %s, and its agent did not confirm that it was cancelled."
            .formatted(job.queued().longestRun()),
        true,
        now);
  }

  static JobEvent late(Job job, Instant now) {
    return new JobAlarmRaised(job.id(), requireNonNull(job.queued().alarm()), now);
  }

  static JobEvent silent(Job job, Instant now) {
    RunFacts run = job.newestRun();
    return new JobSilent(job.id(), run.attempt(), run.agent(), requireNonNull(run.heardAt()), now);
  }

  /// Nothing of a job of which it cannot be said, which must not keep it from being said of others.
  private Flux<JobEvent> each(Flux<Job> found, BiFunction<Job, Instant, JobEvent> saying) {
    return found.concatMap(job ->
        Mono.fromSupplier(() -> saying.apply(job, clock.instant()))
            .onErrorResume(fault -> passedOver(job.id(), fault)));
  }

  private Mono<List<Told>> tell(List<JobEvent> events) {
    return Flux.fromIterable(events)
        .flatMap(
            event ->
                teller
                    .tell(event)
                    .map(facts -> new Told(event, facts))
                    .onErrorResume(fault -> passedOver(event.jobId(), fault)),
            AT_ONCE)
        .take(LONGEST_TELLING)
        .collectList()
        .flatMap(told -> readModel.merge(facts(told)).thenReturn(told));
  }

  private static <T> Mono<T> passedOver(UUID job, Throwable fault) {
    log.warn("nothing could be said of job {}: {}", job, fault.toString());
    return Mono.empty();
  }

  private static Collection<JobFacts> facts(List<Told> told) {
    Map<UUID, JobFacts> facts = new LinkedHashMap<>();
    told.forEach(one -> facts.merge(one.event.jobId(), one.facts, JobFacts::merge));
    return facts.values();
  }

  private void count(Told told) {
    log.info("{}", Teller.idOf(told.event));
    switch (told.event) {
      case JobAlarmRaised _ -> alarms.increment();
      case JobSilent _ -> silences.increment();
      default -> {}
    }
  }

  private record Told(JobEvent event, JobFacts facts) {}
}

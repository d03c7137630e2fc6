package com.cluedin.jobs.scheduler;

import static java.util.Comparator.naturalOrder;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.scheduler.SimulatedDatabase.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// One of several schedulers on the same database and the same Kafka. Its decisions are the real
/// ones; what lies between a claim, its commit, the sending and the marking is steps, and between
/// any two of them it may crash, stand still, or be overtaken by another.
final class SimulatedScheduler {

  private static final int NONE = -1;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(8);
  private static final Duration AHEAD = Duration.ofSeconds(4);

  private final Simulation simulation;
  private final SimulatedDatabase database;
  private final SimulatedKafka kafka;
  private final Faults faults;
  private final SharedDuties duties;
  private int life;
  private int producerEpoch = NONE;

  SimulatedScheduler(
      Simulation simulation,
      SimulatedDatabase database,
      SimulatedKafka kafka,
      Faults faults,
      SharedDuties duties) {
    this.simulation = simulation;
    this.database = database;
    this.kafka = kafka;
    this.faults = faults;
    this.duties = duties;
  }

  void live() {
    int mine = life;
    simulation.soon(() -> fire(mine));
    simulation.soon(() -> fireAhead(mine));
    simulation.soon(() -> queueDueJobs(mine));
    simulation.soon(() -> followJobs(mine));
    simulation.soon(() -> dispatch(mine));
  }

  /// Away for so long: nothing it had begun is finished.
  void crash(Duration away) {
    int next = ++life;
    producerEpoch = NONE;
    simulation.in(
        away,
        () -> {
          if (next == life) {
            live();
          }
        });
  }

  private void fire(int mine) {
    step(
        mine,
        this::fire,
        () -> {
          Transaction transaction = database.begin();
          Instant now = simulation.databaseClock();
          int most = 1 + simulation.chance().nextInt(5);
          List<JobType> due =
              database.jobTypes().stream().filter(type -> type.schedule().isDue(now)).toList();
          for (JobType jobType : due) {
            if (transaction.lock(jobType.id())) {
              keep(transaction, Fired.of(jobType, now, most, transaction.unfinished(jobType.id())));
            }
          }
          return transaction;
        });
  }

  private void fireAhead(int mine) {
    if (mine != life) {
      return;
    }
    Instant now = simulation.databaseClock();
    Optional<Instant> next =
        database.jobTypes().stream()
            .map(jobType -> jobType.schedule().nextExecution())
            .filter(due -> due != null && due.isAfter(now) && due.isBefore(now.plus(AHEAD)))
            .min(naturalOrder());
    if (next.isEmpty()) {
      simulation.in(simulation.between(LOOK_AGAIN, AHEAD), () -> fireAhead(mine));
      return;
    }
    Transaction transaction = database.begin();
    for (JobType jobType : database.jobTypes()) {
      if (next.get().equals(jobType.schedule().nextExecution())
          && database.unfinished(jobType.id()).isEmpty()
          && transaction.lock(jobType.id())) {
        keep(transaction, Fired.of(jobType, next.get(), 1, Unfinished.NONE));
      }
    }
    commitAt(mine, next.get(), transaction);
  }

  /// Who waits for longer than was seen ahead loses its connection: the clock was set back.
  private void commitAt(int mine, Instant due, Transaction transaction) {
    Duration left = Duration.between(simulation.databaseClock(), due);
    if (mine == life && left.isPositive() && left.compareTo(AHEAD) < 0) {
      simulation.in(left.plus(stillness()), () -> commitAt(mine, due, transaction));
      return;
    }
    if (mine != life || crashes() || left.abs().compareTo(DueSchedules.IN_TIME) >= 0) {
      transaction.rollBack();
    } else {
      transaction.commit();
    }
    simulation.in(simulation.between(Duration.ofMillis(50), LOOK_AGAIN), () -> fireAhead(mine));
  }

  static void keep(Transaction transaction, Fired fired) {
    transaction.save(fired.jobType());
    fired.opened().forEach(transaction::put);
    fired.events().forEach(transaction::tell);
  }

  private void queueDueJobs(int mine) {
    step(
        mine,
        this::queueDueJobs,
        () -> {
          Transaction transaction = database.begin();
          Instant now = simulation.databaseClock();
          for (OpenJob job : dueJobs(now)) {
            JobTypeId id = job.jobTypeId();
            if (!database.isLocked(job.jobId()) && transaction.lock(id)) {
              transaction.lock(job.jobId());
              JobType jobType = transaction.jobType(id);
              DueJobs.told(job, jobType, now).forEach(transaction::tell);
              transaction.put(job.queuedNow());
              if (job.waits()) {
                transaction.save(jobType.afterQueuing(job.jobId(), now));
              }
            }
          }
          return transaction;
        });
  }

  private List<OpenJob> dueJobs(Instant now) {
    return database.openJobs().stream()
        .filter(job ->
            job.waits() ? isItsTurn(job) : job.retryAt() != null && !job.retryAt().isAfter(now))
        .toList();
  }

  private boolean isItsTurn(OpenJob job) {
    JobType jobType = database.jobType(job.jobTypeId());
    if (job.waitsFor() != null || jobType.removedAt() != null) {
      return job.waitsFor() == null;
    }
    return jobType.schedule().policy().pause() == null
        && database.openJobs().stream()
            .filter(other -> other.jobTypeId().equals(job.jobTypeId()))
            .noneMatch(other ->
                other.jobId().compareTo(job.jobId()) < 0
                    || !other.waits() && other.jobId().compareTo(database.behind(job)) <= 0);
  }

  /// The offset is committed after the database, and may be lost: then events are heard again.
  private void followJobs(int mine) {
    int from = duties.followed;
    int to = Math.min(kafka.jobEvents().size(), from + 1 + simulation.chance().nextInt(40));
    List<RunEvent> events =
        kafka.jobEvents().subList(from, to).stream().filter(OpenJob::isConcernedBy).toList();
    step(
        mine,
        this::followJobs,
        () -> {
          Transaction transaction = database.begin();
          Map<OpenJob, Retries> open = new HashMap<>();
          for (RunEvent event : events) {
            OpenJob job = database.openJob(event.jobId());
            if (job != null && !open.containsKey(job) && transaction.lock(job.jobId())) {
              open.put(job, database.jobType(job.jobTypeId()).schedule().policy().retries());
            } else if (job != null && !open.containsKey(job)) {
              transaction.rollBack(); // another has it: wait
              return database.begin();
            }
          }
          JobEnds.After after = JobEnds.after(events, open, simulation.databaseClock());
          after.ended().keySet().forEach(transaction::end);
          after.changed().forEach(transaction::put);
          after.told().forEach(transaction::tell);
          if (!faults.strike(10)) {
            duties.afterCommit = () -> duties.followed = Math.max(duties.followed, to);
          }
          return transaction;
        });
  }

  private void dispatch(int mine) {
    if (mine != life) {
      return;
    }
    boolean othersLease = duties.dispatcher != this && duties.leaseUntil.isAfter(simulation.now());
    if (othersLease) {
      producerEpoch = NONE;
      simulation.in(LOOK_AGAIN, () -> dispatch(mine));
      return;
    }
    duties.dispatcher = this;
    duties.leaseUntil = simulation.now().plusSeconds(3);
    if (producerEpoch == NONE) {
      database.deleteFromOutbox(kafka.newEpoch());
      producerEpoch = kafka.epoch();
    }
    int epoch = producerEpoch;
    Map<Long, Event> batch = new TreeMap<>();
    database.outbox().entrySet().stream()
        .limit(1 + simulation.chance().nextInt(20))
        .forEach(row -> batch.put(row.getKey(), row.getValue()));
    if (batch.isEmpty()) {
      simulation.in(
          simulation.between(LOOK_AGAIN, LOOK_AGAIN.multipliedBy(2)), () -> dispatch(mine));
      return;
    }
    simulation.in(stillness(), () -> sendBatch(mine, epoch, batch));
  }

  private void sendBatch(int mine, int epoch, Map<Long, Event> batch) {
    if (mine != life || crashes()) {
      return;
    }
    Collection<Long> ids = List.copyOf(batch.keySet());
    if (!kafka.commit(epoch, ids, batch.values())) {
      producerEpoch = NONE; // fenced
      simulation.in(LOOK_AGAIN, () -> dispatch(mine));
      return;
    }
    simulation.in(
        stillness(),
        () -> {
          if (mine == life && !crashes()) {
            database.deleteFromOutbox(ids);
            simulation.soon(() -> dispatch(mine));
          }
        });
  }

  /// A transaction: its claims now, its commit later, if it lives that long.
  private void step(int mine, Turn again, Supplier<Transaction> work) {
    if (mine != life) {
      return;
    }
    duties.afterCommit = () -> {};
    Transaction transaction = work.get();
    Runnable afterCommit = duties.afterCommit;
    simulation.in(
        stillness(),
        () -> {
          if (mine != life || crashes()) {
            transaction.rollBack();
            return;
          }
          if (transaction.commit()) {
            afterCommit.run();
          }
          simulation.in(
              transaction.isEmpty()
                  ? simulation.between(LOOK_AGAIN, LONGEST_SLEEP)
                  : simulation.between(Duration.ofMillis(50), LOOK_AGAIN),
              () -> again.take(mine));
        });
  }

  /// Mostly moments; sometimes longer than a lease.
  private Duration stillness() {
    return faults.strike(60)
        ? simulation.between(Duration.ofSeconds(1), Duration.ofSeconds(9))
        : simulation.between(Duration.ofMillis(1), Duration.ofMillis(30));
  }

  private boolean crashes() {
    boolean dead = faults.strike(80);
    if (dead) {
      crash(simulation.between(Duration.ofSeconds(1), Duration.ofSeconds(20)));
    }
    return dead;
  }

  @FunctionalInterface
  private interface Turn {
    void take(int life);
  }

  /// What one of several schedulers does at a time.
  static final class SharedDuties {
    private SimulatedScheduler dispatcher;
    private Instant leaseUntil = Instant.MIN;
    private int followed;
    private Runnable afterCommit = () -> {};

    int followed() {
      return followed;
    }
  }
}

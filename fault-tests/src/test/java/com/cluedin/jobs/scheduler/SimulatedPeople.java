package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.Policy.Missed;
import com.cluedin.jobs.scheduler.Policy.Overlap;
import com.cluedin.jobs.scheduler.Policy.Pause;
import com.cluedin.jobs.scheduler.SimulatedDatabase.Transaction;
import com.cluedin.jobs.tracker.ToldJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/// Those who make schedules, change them, pause and resume them, run and stop jobs. What they do is
/// a transaction like those of the schedulers, and may fail like one; then they let it be.
final class SimulatedPeople {

  private static final List<String> CRONS =
      List.of(
          "*/5 * * * *",
          "*/20 * * * * *",
          "30 2 * * *",
          "7,37 * * * *",
          "0 */10 1-4 * * *",
          "*/30 * * * *",
          "0 0/7 * * * *",
          "15 3 L * *");
  private static final List<String> ZONES =
      List.of("UTC", "America/New_York", "Europe/Copenhagen", "Australia/Lord_Howe");

  private final Simulation simulation;
  private final SimulatedDatabase database;
  private final SimulatedKafka kafka;
  private final Faults faults;
  private final Map<JobTypeId, List<Segment>> segments = new HashMap<>();

  SimulatedPeople(
      Simulation simulation, SimulatedDatabase database, SimulatedKafka kafka, Faults faults) {
    this.simulation = simulation;
    this.database = database;
    this.kafka = kafka;
    this.faults = faults;
  }

  /// A schedule as it was from one change to the next.
  ///
  /// @param schedule right after the change
  record Segment(Schedule schedule, Instant from) {}

  /// The schedules each job type has had; the last one ended it.
  Map<JobTypeId, List<Segment>> segments() {
    return segments;
  }

  void enable(int number) {
    enable(number, cron(), zone(), policy());
  }

  void enable(int number, String cron, String zone, Policy policy) {
    UUID id = new UUID(number, simulation.chance().nextLong());
    Instant now = simulation.databaseClock();
    IntegrationEnabled event =
        new IntegrationEnabled(id, id, id, id, "HubSpot", null, cron, zone, null, null, now);
    JobType jobType = JobType.first(event, new LogPlace(now, 0), now).with(null, null, policy, now);
    Transaction transaction = database.begin();
    transaction.save(jobType);
    transaction.commit();
    segments.put(jobType.id(), new ArrayList<>(List.of(new Segment(jobType.schedule(), now))));
  }

  void act() {
    List<JobType> all = List.copyOf(database.jobTypes());
    JobTypeId id = all.get(simulation.chance().nextInt(all.size())).id();
    switch (simulation.chance().nextInt(8)) {
      case 0 -> change(id, (type, now) -> type.with(cron(), null, null, now));
      case 1 -> change(id, (type, now) -> type.with(null, zone(), null, now));
      case 2 -> change(id, (type, now) -> type.paused(new Pause("moving", "ann", now)));
      case 3, 4 -> change(id, (type, _) -> type.paused(null));
      case 5 -> abandon();
      default -> trigger(id);
    }
    simulation.in(simulation.between(Duration.ofSeconds(10), Duration.ofMinutes(25)), this::act);
  }

  /// Ends every schedule; tries again until it has.
  void removeAll() {
    for (JobType jobType : List.copyOf(database.jobTypes())) {
      if (jobType.removedAt() == null) {
        change(jobType.id(), JobType::removed);
      }
    }
    simulation.in(
        Duration.ofSeconds(5),
        () -> {
          if (database.jobTypes().stream().anyMatch(jobType -> jobType.removedAt() == null)) {
            removeAll();
          }
        });
  }

  private void change(JobTypeId id, BiFunction<JobType, Instant, JobType> change) {
    Transaction transaction = database.begin();
    if (database.jobType(id).removedAt() != null || !transaction.lock(id)) {
      return;
    }
    Instant now = simulation.databaseClock();
    while (transaction.jobType(id).schedule().isDue(now)) {
      SimulatedScheduler.keep(
          transaction, Fired.of(transaction.jobType(id), now, 500, transaction.unfinished(id)));
    }
    JobType before = transaction.jobType(id);
    JobType after = change.apply(before, now);
    transaction.save(after);
    if (after.removedAt() != null) {
      transaction.release(id);
    }
    commit(
        transaction,
        () -> {
          if (!after.schedule().occursAs(before.schedule()) || after.removedAt() != null) {
            segments.get(id).add(new Segment(after.schedule(), now));
          }
        });
  }

  private void trigger(JobTypeId id) {
    Transaction transaction = database.begin();
    if (database.jobType(id).removedAt() == null && transaction.lock(id)) {
      SimulatedScheduler.keep(
          transaction,
          transaction.jobType(id).trigger(newJobId(), "ann", simulation.databaseClock()));
      commit(transaction, () -> {});
    }
  }

  private UUID newJobId() {
    return JobIds.jobOf(
        new UUID(simulation.now().toEpochMilli() << 16 | 7 << 12, simulation.chance().nextLong()));
  }

  private void abandon() {
    List<OpenJob> open = List.copyOf(database.openJobs());
    if (!open.isEmpty()) {
      UUID job = open.get(simulation.chance().nextInt(open.size())).jobId();
      ToldJobs told = new ToldJobs();
      kafka.log().forEach(heard -> told.hear(heard.event(), heard.at()));
      for (JobEvent event : told.abandoning(job, simulation.now())) {
        kafka.send(event);
      }
    }
  }

  private void commit(Transaction transaction, Runnable then) {
    simulation.soon(() -> {
      if (faults.strike(15)) {
        transaction.rollBack();
      } else {
        if (transaction.commit()) {
          then.run();
        }
      }
    });
  }

  private String cron() {
    return CRONS.get(simulation.chance().nextInt(CRONS.size()));
  }

  private String zone() {
    return ZONES.get(simulation.chance().nextInt(ZONES.size()));
  }

  private Policy policy() {
    return new Policy(
        Missed.values()[simulation.chance().nextInt(3)],
        new TimeSpan(Duration.ofSeconds(simulation.chance().nextInt(7_200))),
        Overlap.values()[simulation.chance().nextInt(4)],
        new TimeSpan(Duration.ofSeconds(simulation.chance().nextInt(40))),
        new Retries(
            simulation.chance().nextInt(4),
            new TimeSpan(Duration.ofSeconds(1 + simulation.chance().nextInt(30)))),
        TimeSpan.ZERO,
        null);
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.scheduler.SimulatedScheduler.SharedDuties;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Schedulers, agents and people on one database and one Kafka, all of them simulated, with faults
/// for some hours and then without.
final class SimulatedWorld {

  private static final List<Instant> STARTS =
      List.of(
          Instant.parse("2026-03-02T12:00:00Z"),
          Instant.parse("2026-03-08T04:30:00Z"), // New York goes forward
          Instant.parse("2026-11-01T03:30:00Z"), // and back
          Instant.parse("2026-03-28T23:30:00Z"), // Copenhagen goes forward
          Instant.parse("2026-10-24T23:30:00Z"), // and back
          Instant.parse("2026-10-03T13:30:00Z"), // Lord Howe goes forward by half an hour
          Instant.parse("2026-04-04T13:00:00Z")); // and back
  private static final Duration LONGEST_END = Duration.ofDays(20);

  private final Simulation simulation;
  private final Faults faults;
  private final SimulatedDatabase database = new SimulatedDatabase();
  private final SimulatedKafka kafka;
  private final SimulatedPeople people;
  private final SharedDuties duties = new SharedDuties();
  private final List<SimulatedScheduler> schedulers = new ArrayList<>();

  SimulatedWorld(long seed) {
    this(new Simulation(seed, STARTS.get((int) Math.floorMod(seed, STARTS.size()))));
  }

  /// A world of two schedulers and one schedule, which nobody changes.
  static SimulatedWorld night(long seed, Instant start, String cron, ZoneId zone) {
    SimulatedWorld world = new SimulatedWorld(new Simulation(seed, start));
    world.people.enable(0, cron, zone.getId(), Policy.DEFAULT);
    world.beginSchedulers(2);
    return world;
  }

  private SimulatedWorld(Simulation simulation) {
    this.simulation = simulation;
    faults = new Faults(simulation);
    kafka = new SimulatedKafka(simulation);
    people = new SimulatedPeople(simulation, database, kafka, faults);
  }

  SimulatedKafka kafka() {
    return kafka;
  }

  SimulatedDatabase database() {
    return database;
  }

  SimulatedPeople people() {
    return people;
  }

  /// What has been decided by then about what is due before, faults and all.
  List<OccurrenceDecided> decidedBy(Instant end) {
    simulation.runUntil(end);
    faults.heal();
    simulation.runUntil(end.plusSeconds(60));
    return kafka.decisions().stream().filter(one -> one.scheduledFor().isBefore(end)).toList();
  }

  /// Lets the hours pass, heals everything, ends all schedules, and waits for the last job.
  ///
  /// @return whether everything came to rest
  boolean run() {
    return run(simulation.between(Duration.ofHours(1), Duration.ofHours(3)));
  }

  /// The same for so long.
  boolean run(Duration hours) {
    begin();
    simulation.runUntil(simulation.now().plus(hours));
    faults.heal();
    simulation.in(Duration.ofMinutes(2), people::removeAll);
    Instant last = simulation.now().plus(LONGEST_END);
    do {
      simulation.runUntil(simulation.now().plus(Duration.ofMinutes(10)));
    } while (!isAtRest() && simulation.now().isBefore(last));
    return isAtRest();
  }

  private void begin() {
    for (int i = 0; i < 1 + simulation.chance().nextInt(4); i++) {
      people.enable(i);
    }
    beginSchedulers(2 + simulation.chance().nextInt(2));
    for (int i = 0; i < 1 + simulation.chance().nextInt(3); i++) {
      simulation.soon(new SimulatedAgent(simulation, kafka, faults, "agent-" + i)::live);
    }
    simulation.soon(people::act);
    if (simulation.onceIn(3)) {
      for (int i = 0; i < 3; i++) {
        Duration ahead = Duration.ofSeconds(simulation.chance().nextInt(1_200) - 600);
        simulation.in(
            simulation.between(Duration.ZERO, Duration.ofHours(1)),
            () -> simulation.setDatabaseClock(ahead));
      }
    }
    if (simulation.onceIn(2)) {
      simulation.in(
          simulation.between(Duration.ofMinutes(5), Duration.ofHours(1)),
          () -> {
            Duration outage = simulation.between(Duration.ofSeconds(30), Duration.ofHours(2));
            schedulers.forEach(scheduler -> scheduler.crash(outage));
          });
    }
  }

  private void beginSchedulers(int count) {
    for (int i = 0; i < count; i++) {
      SimulatedScheduler scheduler =
          new SimulatedScheduler(simulation, database, kafka, faults, duties);
      schedulers.add(scheduler);
      scheduler.live();
    }
  }

  private boolean isAtRest() {
    return database.outbox().isEmpty()
        && database.openJobs().isEmpty()
        && kafka.isIdle()
        && duties.followed() == kafka.jobEvents().size()
        && database.jobTypes().stream().allMatch(jobType -> jobType.removedAt() != null);
  }
}

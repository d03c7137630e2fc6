package com.cluedin.jobs.scheduler;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.faults.FaultTable;
import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.scheduler.SimulatedKafka.Heard;
import com.cluedin.jobs.scheduler.SimulatedPeople.Segment;
import com.cluedin.jobs.scheduler.cron.Cron;
import com.cluedin.jobs.tracker.ToldJobs;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hours of schedulers, agents and people, simulated by the thousand with the real decisions, a
/// virtual clock and faults at every step. What a seed does is always the same.
class SimulationIT {

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 10_000);
  private static final long FIRST_SEED = Long.getLong("simulation.seed", 0);

  @Test
  void whateverFailsEveryOccurrenceIsDecidedOnceAndEveryJobEnds() {
    AtomicLong decisions = new AtomicLong();
    AtomicLong jobs = new AtomicLong();
    LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS)
        .parallel()
        .forEach(seed -> {
          SimulatedWorld world = checked(seed);
          decisions.addAndGet(world.kafka().decisions().size());
          jobs.addAndGet(
              all(world, JobQueued.class).stream().map(JobQueued::jobId).distinct().count());
        });
    FaultTable.putSimulation(SEEDS, jobs.get(), decisions + " occurrences decided");
  }

  /// Nights on which clocks are changed, with two schedulers that crash and stand still. What is
  /// expected was worked out by hand from the rules.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          America/New_York    | 2026-03-08T05:50 | 30 2 * * *   | 07:00
          America/New_York    | 2026-03-08T05:50 | 0,30 2 * * * | 07:00
          America/New_York    | 2026-03-08T05:50 | */30 * * * * | 06:00 06:30 07:00 07:30 08:00 08:30
          America/New_York    | 2026-03-08T05:50 | 15 1-3 * * * | 06:15 07:00 07:15
          America/New_York    | 2026-11-01T04:50 | 30 1 * * *   | 05:30
          America/New_York    | 2026-11-01T04:50 | 0 * * * *    | 05:00 06:00 07:00
          America/New_York    | 2026-11-01T04:50 | */30 1 * * * | 05:00 05:30 06:00 06:30
          America/New_York    | 2026-11-01T04:50 | 10,50 1 * * * | 05:10 05:50
          Europe/Copenhagen   | 2026-03-28T23:50 | 30 2 * * *   | 01:00
          Europe/Copenhagen   | 2026-03-28T23:50 | 0 2-4 * * *  | 01:00 02:00
          Europe/Copenhagen   | 2026-10-24T23:50 | 30 2 * * *   | 00:30
          Europe/Copenhagen   | 2026-10-24T23:50 | */20 2 * * * | 00:00 00:20 00:40 01:00 01:20 01:40
          Australia/Lord_Howe | 2026-10-03T14:50 | 15 2 * * *   | 15:30
          Australia/Lord_Howe | 2026-10-03T14:50 | 0,45 2 * * * | 15:30 15:45
          Australia/Lord_Howe | 2026-04-04T13:50 | 45 1 * * *   | 14:45
          Australia/Lord_Howe | 2026-04-04T13:50 | */15 1 * * * | 14:00 14:15 14:30 14:45 15:00 15:15
          """)
  void whenClocksAreChangedEachOccurrenceIsDecidedOnce(
      String zone, LocalDateTime from, String cron, String expected) {
    for (long seed = 0; seed < 50; seed++) {
      Instant start = from.toInstant(ZoneOffset.UTC);
      SimulatedWorld world = SimulatedWorld.night(seed, start, cron, ZoneId.of(zone));
      List<OccurrenceDecided> decisions = world.decidedBy(start.plus(Duration.ofMinutes(175)));
      assertThat(
              decisions.stream()
                  .map(one -> one.scheduledFor().atOffset(ZoneOffset.UTC).toLocalTime())
                  .map(LocalTime::toString))
          .as("seed %d", seed)
          .containsExactly(expected.split(" "));
    }
  }

  @Test
  void everyOccurrenceOfADayWithPausesOverlapsAndOutagesIsAccountedFor() {
    Set<Decision> decided = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      SimulatedWorld world = new SimulatedWorld(seed);
      assertThat(world.run(Duration.ofDays(1))).as("seed %d comes to rest", seed).isTrue();
      check(world, new Random(seed));
      world.kafka().decisions().forEach(one -> decided.add(one.decision()));
    }
    assertThat(decided).containsExactlyInAnyOrder(Decision.values());
  }

  private static SimulatedWorld checked(long seed) {
    SimulatedWorld world = new SimulatedWorld(seed);
    try {
      assertThat(world.run()).as("all comes to rest").isTrue();
      check(world, new Random(seed));
      return world;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed %d; again with -Dsimulation.seed=%d -Dsimulation.seeds=1".formatted(seed, seed), e);
    }
  }

  private static void check(SimulatedWorld world, Random chance) {
    Map<JobTypeId, List<OccurrenceDecided>> decisions =
        world.kafka().decisions().stream().collect(groupingBy(OccurrenceDecided::jobTypeId));
    world
        .people()
        .segments()
        .forEach((id, segments) ->
            assertThat(decisions.getOrDefault(id, List.of()))
                .as("decisions of %s", id)
                .extracting(OccurrenceDecided::scheduledFor)
                .isEqualTo(due(id, segments)));
    assertThat(world.kafka().decisions())
        .as("none is early")
        .allMatch(one -> !one.at().isBefore(one.scheduledFor()));
    eachDecidedJobIsQueuedOnce(world);
    eachRunHasOneAgent(world);
    eachJobEndsAndIsRetriedAsOftenAsIsDue(world);
    scheduledJobsDoNotOverlap(world);
    theReadModelIsTheSameInAnyOrder(world, chance);
  }

  /// The occurrences that the crons give over the time they were in force, told independently of
  /// how they were fired. Where the clock went back, what was decided before it did stays decided.
  private static List<Instant> due(JobTypeId id, List<Segment> segments) {
    List<Instant> due = new ArrayList<>();
    for (int i = 0; i + 1 < segments.size(); i++) {
      Schedule schedule = segments.get(i).schedule();
      Duration delay = schedule.policy().delayOf(id);
      Instant after = later(segments.get(i).from().minus(delay), schedule.lastOccurrence());
      Instant until =
          later(
              segments.get(i + 1).from().minus(delay),
              segments.get(i + 1).schedule().lastOccurrence());
      Cron cron = Cron.parse(schedule.cron());
      Instant next = cron.next(after, schedule.zone());
      while (next != null && !next.isAfter(until)) {
        assertThat(next).isAfter(after);
        due.add(next);
        after = next;
        next = cron.next(next, schedule.zone());
      }
    }
    return due;
  }

  private static Instant later(Instant one, Instant other) {
    return other != null && other.isAfter(one) ? other : one;
  }

  private static void eachDecidedJobIsQueuedOnce(SimulatedWorld world) {
    List<JobQueued> queued = all(world, JobQueued.class);
    assertThat(
            queued.stream()
                .filter(job -> job.scheduledFor() != null && job.attempt() == 1)
                .map(JobQueued::jobId))
        .as("a job for each occurrence that makes one")
        .containsExactlyInAnyOrderElementsOf(
            world.kafka().decisions().stream()
                .map(OccurrenceDecided::jobId)
                .filter(job -> job != null)
                .toList());
    assertThat(queued.stream().map(job -> job.jobId() + " " + job.attempt()))
        .as("no attempt is queued twice")
        .doesNotHaveDuplicates();
  }

  private static void eachRunHasOneAgent(SimulatedWorld world) {
    assertThat(all(world, JobStarted.class).stream().map(run -> run.jobId() + " " + run.attempt()))
        .as("no two agents begin the same run")
        .doesNotHaveDuplicates();
  }

  private static void eachJobEndsAndIsRetriedAsOftenAsIsDue(SimulatedWorld world) {
    ToldJobs told = told(world.kafka().log());
    Map<UUID, JobLife> lives = new HashMap<>();
    all(world, JobQueued.class)
        .forEach(job -> lives.computeIfAbsent(job.jobId(), _ -> lifeOf(job, world)));
    all(world, RunEvent.class).forEach(event -> lives.get(event.jobId()).hear(event));
    Map<UUID, Long> retries =
        all(world, JobRetryScheduled.class).stream()
            .collect(groupingBy(JobEvent::jobId, counting()));
    lives.forEach((job, life) -> {
      assertThat(told.state(job)).isIn("Completed", "Failed", "Cancelled");
      assertThat(life.isOver()).as("%s is over", job).isTrue();
      assertThat(retries.getOrDefault(job, 0L)).as("retries of %s", job).isEqualTo(life.retries());
    });
  }

  /// Where overlapping is not allowed, the job of one occurrence is queued when that of the one
  /// before has ended; one that is queued to be cancelled does not run.
  private static void scheduledJobsDoNotOverlap(SimulatedWorld world) {
    Set<UUID> cancelled =
        all(world, JobAbandonRequested.class).stream()
            .filter(asked -> asked.requestedBy() == null && asked.reason().contains("removed"))
            .map(JobEvent::jobId)
            .collect(toSet());
    Map<JobTypeId, UUID> running = new HashMap<>();
    Map<UUID, JobLife> lives = new HashMap<>();
    for (Heard heard : world.kafka().log()) {
      switch (heard.event()) {
        case JobQueued job when job.scheduledFor() != null && job.attempt() == 1 -> {
          if (!cancelled.contains(job.jobId())
              && policy(world, job.jobTypeId()).overlap() != Policy.Overlap.ALLOW) {
            lives.put(job.jobId(), lifeOf(job, world));
            assertThat(running.put(job.jobTypeId(), job.jobId()))
                .as("running when %s is queued", job.jobId())
                .isNull();
          }
        }
        case RunEvent event when lives.containsKey(event.jobId()) ->
            lives.get(event.jobId()).hear(event);
        default -> {}
      }
      running.values().removeIf(job -> lives.get(job).isOver());
    }
  }

  private static JobLife lifeOf(JobQueued job, SimulatedWorld world) {
    return new JobLife(policy(world, job.jobTypeId()).retries().most());
  }

  private static Policy policy(SimulatedWorld world, JobTypeId id) {
    return world.database().jobType(id).schedule().policy();
  }

  private static void theReadModelIsTheSameInAnyOrder(SimulatedWorld world, Random chance) {
    List<Heard> garbled = new ArrayList<>(world.kafka().log());
    garbled.addAll(world.kafka().log());
    Collections.shuffle(garbled, chance);
    assertThat(told(garbled).rows()).isEqualTo(told(world.kafka().log()).rows());
  }

  private static ToldJobs told(List<Heard> log) {
    ToldJobs told = new ToldJobs();
    log.forEach(heard -> told.hear(heard.event(), heard.at()));
    return told;
  }

  private static <T extends Event> List<T> all(SimulatedWorld world, Class<T> kind) {
    return world.kafka().log().stream()
        .map(Heard::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}

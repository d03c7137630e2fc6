package com.cluedin.jobs.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.simulator.SimulatedJob.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedJobTest {

  private static final int JOBS = 20_000;

  @Test
  void isTheSameForTheSameSeedJobAndAttempt() {
    assertThat(jobs(settings(Map.of()), 1)).isEqualTo(jobs(settings(Map.of()), 1));
  }

  @Test
  void differsByJobAttemptAndSeed() {
    List<SimulatedJob> jobs = jobs(settings(Map.of()), 1);
    assertThat(jobs.stream().map(SimulatedJob::cluesPerSecond).distinct().count())
        .isGreaterThan(JOBS * 99 / 100);
    assertThat(jobs.getFirst().cluesPerSecond())
        .isNotEqualTo(jobs(settings(Map.of()), 2).getFirst().cluesPerSecond())
        .isNotEqualTo(
            jobs(settings(Map.of("SIMULATION_SEED", "2")), 1).getFirst().cluesPerSecond());
  }

  @Test
  void keepsTheSizeOfASourceOverAttempts() {
    assertThat(jobs(settings(Map.of()), 2).stream().map(SimulatedJob::clues))
        .isEqualTo(jobs(settings(Map.of()), 1).stream().map(SimulatedJob::clues).toList());
  }

  @Test
  void hasTheSizeAndTheSpeedAskedForInTheMean() {
    List<SimulatedJob> jobs =
        jobs(settings(Map.of("SIMULATION_CLUES", "500", "SIMULATION_CLUES_PER_SECOND", "20")), 1);
    assertThat(jobs.stream().mapToLong(SimulatedJob::clues).average().orElseThrow())
        .isBetween(475.0, 525.0);
    assertThat(jobs.stream().mapToDouble(SimulatedJob::cluesPerSecond).average().orElseThrow())
        .isBetween(19.5, 20.5);
    assertThat(jobs)
        .allMatch(job -> job.clues() >= 1 && job.clues() <= 4_000)
        .allMatch(job -> job.cluesPerSecond() >= 10 && job.cluesPerSecond() <= 30);
  }

  @Test
  void failsAsOftenAsAskedFor() {
    Map<String, String> rates =
        Map.of("SIMULATION_FAILURE_RATE", "0.25", "SIMULATION_PERMANENT_RATE", "0.1");
    List<Failure> failures = failures(jobs(settings(rates), 1));
    assertThat(share(failures.stream().filter(Failure::permanent).count())).isBetween(0.09, 0.11);
    assertThat(share(failures.size())).isBetween(0.305, 0.345);
    assertThat(failures).allMatch(failure -> !failure.error().contains("%"));
  }

  @Test
  void failsBeforeItsEnd() {
    assertThat(jobs(settings(Map.of("SIMULATION_FAILURE_RATE", "1")), 1))
        .allSatisfy(job ->
            assertThat(Objects.requireNonNull(job.failure()).afterClues())
                .isBetween(0L, job.clues() - 1));
  }

  @Test
  void neverFailsAtARateOfZero() {
    Map<String, String> none =
        Map.of("SIMULATION_FAILURE_RATE", "0", "SIMULATION_PERMANENT_RATE", "0");
    assertThat(failures(jobs(settings(none), 1))).isEmpty();
  }

  @Test
  void failsForEverWhatFailsPermanently() {
    SimulatorSettings settings = settings(Map.of("SIMULATION_PERMANENT_RATE", "0.1"));
    List<SimulatedJob> first = jobs(settings, 1);
    List<SimulatedJob> third = jobs(settings, 3);
    assertThat(IntStream.range(0, JOBS).filter(i -> permanent(first.get(i))))
        .isNotEmpty()
        .allMatch(i -> permanent(third.get(i)));
  }

  private static boolean permanent(SimulatedJob job) {
    return job.failure() != null && job.failure().permanent();
  }

  private static List<Failure> failures(List<SimulatedJob> jobs) {
    return jobs.stream().map(SimulatedJob::failure).filter(Objects::nonNull).toList();
  }

  private static double share(long count) {
    return (double) count / JOBS;
  }

  private static List<SimulatedJob> jobs(SimulatorSettings settings, int attempt) {
    Random random = new Random(42);
    return IntStream.range(0, JOBS)
        .mapToObj(_ -> new UUID(random.nextLong(), random.nextLong()))
        .map(id -> SimulatedJob.of(settings, id, attempt))
        .toList();
  }

  private static SimulatorSettings settings(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092");
    return SimulatorSettings.of(environment);
  }
}

package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.benchmarks.Measure.Figures;
import com.cluedin.jobs.model.Event;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/// How many events a second the tracker reads from Kafka into rows and tallies: what was told while
/// it stood still, from the first batch it keeps to the last.
final class Projection {

  private static final int JOBS = 60_000;
  private static final int JOBS_AT_A_TIME = 2_000;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String READ = "SELECT sum(next_offset) FROM tracker.position";

  private Projection() {}

  static void measure(Installation on, Figures figures) throws Exception {
    on.makeQueue(Lives.QUEUE);
    Rounds<Double> rates = Rounds.take(figures, WARM_UP, ROUNDS, () -> project(on));
    figures.add("", "events/s", rates.each(it -> it));
  }

  private static double project(Installation on) throws Exception {
    long events = (long) JOBS * Lives.EVENTS;
    on.process("tracker-1").suspend();
    try (Producer<String, Event> producer =
        on.producer(Map.of("linger.ms", 5, "batch.size", 1 << 18))) {
      Lives lives = new Lives();
      for (int jobs = 0; jobs < JOBS; jobs += JOBS_AT_A_TIME) {
        lives.of(JOBS_AT_A_TIME).forEach(producer::send);
      }
    }
    try (Connection database = on.database()) {
      long before = Installation.number(database, READ);
      on.process("tracker-1").resume();
      Installation.await(
          "the tracker to begin", PATIENCE, () -> Installation.number(database, READ) > before);
      long first = Installation.number(database, READ) - before;
      long began = System.nanoTime();
      Installation.await(
          "all events to be read",
          PATIENCE,
          () -> Installation.number(database, READ) >= before + events);
      double seconds = (System.nanoTime() - began) / 1e9;
      return Math.rint((events - first) / seconds);
    }
  }
}

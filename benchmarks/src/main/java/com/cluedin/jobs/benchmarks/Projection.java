package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.benchmarks.Measure.Figures;
import com.cluedin.jobs.model.Event;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/// How many events a second the tracker reads from Kafka into rows and tallies: what was told while
/// it stood still, from the first batch it keeps to the last. Beside it, how many events there were
/// for each second that PostgreSQL was busy with statements.
final class Projection {

  private static final int JOBS = 60_000;
  private static final int JOBS_AT_A_TIME = 2_000;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String READ = "SELECT sum(next_offset) FROM tracker.position";

  /// How long statements took, in milliseconds: of all services, one connection's beside another's,
  /// with what they waited for. A connection tells of the last of them within ten seconds.
  private static final String BUSY =
      "SELECT active_time::bigint FROM pg_stat_database WHERE datname = current_database()";

  private static final Duration TOLD_WITHIN = Duration.ofSeconds(11);

  private Projection() {}

  static void measure(Installation on, Figures figures) throws Exception {
    on.makeQueue(Lives.QUEUE);
    Rounds<Round> rounds = Rounds.take(figures, WARM_UP, ROUNDS, () -> project(on));
    figures.add("", "events/s", rounds.each(Round::rate));
    figures.add(".statements", "events/s", rounds.each(Round::rateOfStatements));
    figures.add(".of_statements", "times", rounds.each(Round::ofStatements));
  }

  private static Round project(Installation on) throws Exception {
    long events = (long) JOBS * Lives.EVENTS;
    on.process("tracker-1").suspend();
    try (Producer<String, Event> producer =
        on.producer(Map.of("linger.ms", 5, "batch.size", 1 << 18))) {
      Lives lives = new Lives();
      for (int jobs = 0; jobs < JOBS; jobs += JOBS_AT_A_TIME) {
        lives.of(JOBS_AT_A_TIME).forEach(producer::send);
      }
    }
    Thread.sleep(TOLD_WITHIN);
    try (Connection database = on.database()) {
      long busy = Installation.number(database, BUSY);
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
      Thread.sleep(TOLD_WITHIN);
      double secondsBusy = (Installation.number(database, BUSY) - busy) / 1e3;
      return new Round((events - first) / seconds, events / secondsBusy);
    }
  }

  /// @param rate events a second
  /// @param rateOfStatements events for each second of statements
  private record Round(double rate, double rateOfStatements) {

    double ofStatements() {
      return rate / rateOfStatements;
    }

    @Override
    public String toString() {
      return "%.0f events/s, %.0f for a second of statements".formatted(rate, rateOfStatements);
    }
  }
}

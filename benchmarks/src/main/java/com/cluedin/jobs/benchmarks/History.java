package com.cluedin.jobs.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Jobs that are over, one every 3.6288 s up to now, of ten thousand job types in twenty
/// organizations. Loaded by SQL: the rows as the projection leaves them, then the tallies of all
/// rows; without what was told of each job.
final class History {

  private static final int AT_A_TIME = 250_000;

  private History() {}

  static UUID configuration(int number) {
    return new UUID(0xc0f1_0000_0000_4000L, 0x8000_0000_0000_0000L | number);
  }

  static String connector(int number) {
    return "Connector%20" + number;
  }

  static Instant daysAgo(int days) {
    return Instant.now().truncatedTo(ChronoUnit.HOURS).minus(days, ChronoUnit.DAYS);
  }

  /// Loads them where there are fewer, instead of those.
  ///
  /// @return how long it took, in seconds; 0 when nothing was missing
  static double load(Installation on, long jobs, Report report) throws Exception {
    try (Connection database = on.database();
        Statement statement = database.createStatement()) {
      long there = Installation.number(database, "SELECT count(*) FROM tracker.job");
      if (there >= jobs) {
        return 0;
      }
      long began = System.nanoTime();
      statement.execute("SET search_path = tracker");
      statement.execute("TRUNCATE job, job_event, earlier_run");
      try (PreparedStatement rows = database.prepareStatement(sql("jobs.sql"))) {
        for (long to = jobs; to > 0; to -= AT_A_TIME) {
          rows.setLong(1, Math.max(1, to - AT_A_TIME + 1));
          rows.setLong(2, to);
          rows.executeUpdate();
          report.say(
              "%,d of %,d jobs, %.0f s"
                  .formatted(jobs - Math.max(0, to - AT_A_TIME), jobs, seconds(began)));
        }
      }
      statement.execute(sql("tallies.sql"));
      statement.execute("VACUUM (ANALYZE) job");
      statement.execute("VACUUM (ANALYZE) tally, tally_of_day, jobs_of_job_type, job_type");
      return seconds(began);
    }
  }

  /// Whether the tallies are what counting gives.
  ///
  /// @return how many tallies differ
  static long wrongTallies(Installation on) throws Exception {
    try (Connection database = on.database();
        Statement statement = database.createStatement()) {
      statement.execute("SET search_path = tracker");
      return Installation.number(database, sql("wrong-tallies.sql"));
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static String sql(String name) throws IOException {
    try (InputStream file = History.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("no " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package com.cluedin.jobs.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.stack.Backing;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/// Jobs come and go by the ten thousand: a plan made while there were none is kept.
class OpenJobsIT {

  private static final Backing BACKING = Backing.shared();

  @Test
  void jobsAreLookedUpByJobTypeAndByIdThoughThereWereNone() throws SQLException {
    String url =
        "jdbc:postgresql://%s:%d/%s?currentSchema=scheduler"
            .formatted(BACKING.postgresHost(), BACKING.postgresPort(), BACKING.newDatabase());
    Flyway.configure()
        .dataSource(url, BACKING.postgresUser(), BACKING.postgresPassword())
        .schemas("scheduler")
        .load()
        .migrate();
    try (Connection database =
            DriverManager.getConnection(url, BACKING.postgresUser(), BACKING.postgresPassword());
        Statement statement = database.createStatement()) {
      statement.execute(
          """
          INSERT INTO open_job (job_id, job_type_id, attempt, retries, waits)
          SELECT gen_random_uuid(), repeat(i::text, 20), 1, 0, false
          FROM generate_series(1, 20000) AS i;
          DELETE FROM open_job;
          REINDEX INDEX open_job_pkey; -- it is the smaller one then
          ANALYZE open_job
          """);
      statement.execute("SET enable_seqscan = off");
      statement.execute("SET plan_cache_mode = force_generic_plan");
      assertThat(
              plan(
                  statement,
                  "(text[], integer)",
                  OpenJobs.UNFINISHED.replace(":jobTypes", "$1").replace(":most", "$2")))
          .contains("open_job_queued", "open_job_waiting")
          .doesNotContain("open_job_pkey");
      assertThat(
              plan(
                  statement,
                  "(uuid[], integer[])",
                  OpenJobs.REMOVE.replace(":ids", "$1").replace(":runs", "$2")))
          .contains("Index Cond: (job_id = told.id)", "Index Cond: (job_id = ANY")
          .doesNotContain("open_job_queued", "open_job_waiting");
    }
  }

  /// @param types of the two parameters
  private static String plan(Statement statement, String types, String sql) throws SQLException {
    statement.execute("PREPARE it %s AS %s".formatted(types, sql));
    StringBuilder plan = new StringBuilder();
    try (ResultSet lines = statement.executeQuery("EXPLAIN EXECUTE it ('{}', NULL)")) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    statement.execute("DEALLOCATE it");
    return plan.toString();
  }
}

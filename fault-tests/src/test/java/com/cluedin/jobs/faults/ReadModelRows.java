package com.cluedin.jobs.faults;

import static java.util.stream.Collectors.toMap;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/// The tracker's database, looked into past the tracker.
record ReadModelRows(Stage stage) {

  /// All tallies there should be, from the rows; those of days, told by a configuration of zeros,
  /// from the hours.
  private static final String COUNTED =
      """
      SELECT configuration_id, organization_id, provider_id, coalesce(hour, day) AS period, rank,
        count(*) AS jobs
      FROM (
        SELECT configuration_id, organization_id, provider_id, rank,
          date_trunc('hour', queued_at, 'UTC') AS hour, date_trunc('day', queued_at, 'UTC') AS day
        FROM tracker.job WHERE queued_at IS NOT NULL
      ) AS job
      GROUP BY GROUPING SETS (
        (rank), (rank, hour), (organization_id, rank), (organization_id, rank, hour),
        (configuration_id, organization_id, provider_id, rank),
        (configuration_id, organization_id, provider_id, rank, day))
      UNION ALL
      SELECT '00000000-0000-0000-0000-000000000000', organization_id, NULL, day, rank, sum(jobs)
      FROM tracker.tally, date_trunc('day', period, 'UTC') AS day
      WHERE configuration_id IS NULL AND period IS NOT NULL AND jobs <> 0
      GROUP BY organization_id, day, rank
      """;

  /// One statement, so one snapshot: whatever goes on meanwhile, there must be none.
  private static final String DIFFERENCES =
      """
      WITH counted AS (%s),
      kept AS (
        SELECT configuration_id, organization_id, provider_id, period, rank, jobs
        FROM tracker.tally WHERE jobs <> 0
        UNION ALL
        SELECT configuration_id, organization_id, provider_id, NULL, rank, jobs
        FROM tracker.jobs_of_job_type CROSS JOIN LATERAL (
          VALUES (0, queued), (1, executing), (2, cancelled), (3, failed), (4, completed)
        ) AS of_rank (rank, jobs) WHERE jobs <> 0
        UNION ALL
        SELECT '00000000-0000-0000-0000-000000000000', organization_id, NULL, day, rank, jobs
        FROM tracker.tally_of_day WHERE jobs <> 0)
      (SELECT 'counted', * FROM counted EXCEPT ALL SELECT 'counted', * FROM kept)
      UNION ALL
      (SELECT 'in the tally', * FROM kept EXCEPT ALL SELECT 'in the tally', * FROM counted)
      """
          .formatted(COUNTED);

  /// Rows of job types all of whose jobs were forgotten stay.
  private static final String ANY_JOBS =
      "(queued, executing, cancelled, failed, completed) <> (0, 0, 0, 0, 0)";

  /// Tallies that are not what counting the rows gives.
  List<String> falseTallies() {
    return each(
        DIFFERENCES,
        row ->
            "%s: configuration %s, organization %s, provider %s, period %s, rank %s: %s jobs"
                .formatted(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7)));
  }

  /// One hash over all rows, whatever their order.
  ///
  /// @param without columns of the jobs and runs that do not count
  Map<String, String> fingerprints(String... without) {
    Map<String, String> all = new HashMap<>();
    for (String table : List.of("job", "earlier_run", "job_type", "decision")) {
      all.put(
          table,
          fingerprint(
              "SELECT to_jsonb(t)%s AS r FROM tracker.%s t".formatted(but(without), table)));
    }
    for (String table : List.of("tally", "tally_of_day")) {
      all.put(
          table,
          fingerprint(
              "SELECT to_jsonb(t) AS r FROM tracker.%s t WHERE jobs <> 0".formatted(table)));
    }
    all.put(
        "jobs_of_job_type",
        fingerprint("SELECT to_jsonb(t) AS r FROM tracker.jobs_of_job_type t WHERE " + ANY_JOBS));
    return all;
  }

  /// All there is of one organization.
  ///
  /// @param without columns of the jobs and runs that do not count
  List<String> of(UUID organization, String... without) {
    String jobs = "SELECT id FROM tracker.job WHERE organization_id = '%s'".formatted(organization);
    return Map.of(
            "job",
            "id IN (" + jobs + ")",
            "earlier_run",
            "job_id IN (" + jobs + ")",
            "decision",
            "organization_id = '%s'".formatted(organization),
            "tally",
            "organization_id = '%s' AND jobs <> 0".formatted(organization),
            "tally_of_day",
            "organization_id = '%s' AND jobs <> 0".formatted(organization),
            "jobs_of_job_type",
            "organization_id = '%s' AND %s".formatted(organization, ANY_JOBS))
        .entrySet()
        .stream()
        .flatMap(table ->
            each(
                "SELECT to_jsonb(t)%s FROM tracker.%s t WHERE %s"
                    .formatted(but(without), table.getKey(), table.getValue()),
                row -> table.getKey() + " " + row.getString(1))
                .stream())
        .toList();
  }

  /// How many jobs an organization has in each rank.
  Map<Integer, Long> jobsOf(UUID organization) {
    return each(
            """
            SELECT rank, count(*) FROM tracker.job
            WHERE queued_at IS NOT NULL AND organization_id = '%s' GROUP BY rank
            """
                .formatted(organization),
            row -> Map.entry(row.getInt(1), row.getLong(2)))
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Partitions that the read model has not taken to this place.
  List<String> behind(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> read =
        each(
                "SELECT topic, partition, next_offset FROM tracker.position",
                row ->
                    Map.entry(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)))
            .stream()
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    List<String> behind = new ArrayList<>();
    ends.forEach((partition, end) -> {
      long next = read.getOrDefault(partition, 0L);
      if (next < end) {
        behind.add("%s is read to %d of %d".formatted(partition, next, end));
      }
    });
    return behind;
  }

  /// What schedulers still have to do: events to send, and jobs whose end they have not heard of.
  long leftOfSchedulers() {
    return Long.parseLong(
        one(
            "SELECT (SELECT count(*) FROM scheduler.outbox)"
                + " + (SELECT count(*) FROM scheduler.open_job)"));
  }

  String one(String sql) {
    return each(sql, row -> String.valueOf(row.getString(1))).getFirst();
  }

  void execute(String sql) {
    try (Connection connection = stage.database()) {
      connection.createStatement().execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static String but(String... columns) {
    return Stream.of(columns).map(column -> " - '" + column + "'").collect(Collectors.joining());
  }

  private String fingerprint(String rows) {
    return one(
        "SELECT md5(string_agg(r::text, '' ORDER BY r::text)) FROM (%s) AS all_rows"
            .formatted(rows));
  }

  private <T> List<T> each(String sql, Read<T> read) {
    List<T> all = new ArrayList<>();
    try (Connection connection = stage.database();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        all.add(read.from(row));
      }
      return all;
    } catch (SQLException e) {
      throw new DatabaseAway(sql, e);
    }
  }

  /// PostgreSQL did not answer.
  static final class DatabaseAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseAway(String sql, SQLException cause) {
      super(sql, cause);
    }
  }

  private interface Read<T> {
    T from(ResultSet row) throws SQLException;
  }
}

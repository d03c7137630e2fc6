package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What becomes of a read model of an earlier version.
class MigrationIT {

  private static final String JOBS =
      """
      INSERT INTO tracker.job
        (id, configuration_id, organization_id, provider_id, name, queued_at, alarm_seconds,
         abandon_requested_at, rank, progress, attempt, remark)
      SELECT gen_random_uuid(), one, one, one, 'HubSpot', '2026-03-01T12:00:00Z', alarm, abandoned,
        rank, 0, 1, ''
      FROM uuid('00000000-0000-0000-0000-000000000001') AS one,
        (VALUES (0), (1), (4)) AS ranks (rank),
        (VALUES (NULL), (0), (60)) AS alarms (alarm),
        (VALUES (NULL), (timestamptz '2026-03-01T12:00:00Z')) AS wishes (abandoned)
      """;
  private static final String LEFT_AS_THEY_WERE =
      """
      SELECT count(*) FROM tracker.job WHERE xmin IN (
        SELECT xmin FROM tracker.job
        WHERE rank = 4 AND alarm_seconds = 60 AND abandon_requested_at IS NULL)
      """;

  @Test
  void onlyJobsThatAreWatchedOrAbandonedAreRewritten() {
    try (TrackerDatabase database = new TrackerDatabase("2")) {
      database.execute(JOBS);

      database.migrate("3");

      assertThat(database.query(LEFT_AS_THEY_WERE)).containsExactly("7");
      assertThat(
              database.query(
                  "SELECT count(*) FROM tracker.job WHERE alarm_at = '2026-03-01T12:01:00Z'"))
          .containsExactly("5");
      assertThat(
              database.query(
                  """
                  SELECT count(*) FROM tracker.job WHERE abandon_reason = ''
                    AND abandon_requested_by = '' AND abandon_requested_at IS NOT NULL
                  """))
          .containsExactly("9");
    }
  }

  @Test
  void jobTypesAreFoundAmongTheJobsAndTheirTalliesCountedAnew() {
    try (TrackerDatabase database = new TrackerDatabase("3")) {
      database.execute(
          """
          INSERT INTO tracker.job (id, configuration_id, organization_id, provider_id, name,
            configuration_name, queued_at, rank, progress, attempt, remark)
          SELECT gen_random_uuid(), lpad(i % 3 || '', 32, '0')::uuid, gen_random_uuid(),
            lpad(i % 2 || '', 32, '0')::uuid, 'name ' || i, nullif(i, 4)::text,
            timestamptz '2026-03-01T12:00:00Z' + i * interval '3 hours', least(i % 7, 4), 0, 1, ''
          FROM generate_series(1, 60) AS i
          """);
      database.execute("UPDATE tracker.job SET organization_id = configuration_id");
      database.execute(
          """
          INSERT INTO tracker.tally (configuration_id, organization_id, period, rank, jobs)
          SELECT configuration_id, organization_id, coalesce(hour, day), rank, count(*)
          FROM tracker.job, date_trunc('hour', queued_at, 'UTC') AS hour,
            date_trunc('day', queued_at, 'UTC') AS day
          GROUP BY GROUPING SETS ((rank), (rank, hour), (organization_id, rank),
            (organization_id, rank, hour), (configuration_id, organization_id, rank),
            (configuration_id, organization_id, rank, day))
          """);

      database.migrate("latest");

      assertThat(database.tallies()).isEqualTo(database.countedTallies());
      assertThat(
              database.query(
                  "SELECT name || ' ' || configuration_name FROM tracker.job_type ORDER BY name"))
          .containsExactly(
              "name 55 55", "name 56 56", "name 57 57", "name 58 58", "name 59 59", "name 60 60");
    }
  }
}

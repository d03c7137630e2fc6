package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What becomes of a read model of an earlier version.
class MigrationIT {

  private static final String JOBS =
      """
      INSERT INTO tracker.job
        (id, queued_at, alarm_seconds, abandon_requested_at, rank, progress, attempt, remark)
      SELECT gen_random_uuid(), '2026-03-01T12:00:00Z', alarm, abandoned, rank, 0, 1, ''
      FROM (VALUES (0), (1), (4)) AS ranks (rank),
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

      database.migrate("latest");

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
}

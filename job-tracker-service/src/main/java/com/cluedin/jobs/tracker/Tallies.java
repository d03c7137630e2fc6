package com.cluedin.jobs.tracker;

/// How many jobs there are, kept by the statements that change rows.
final class Tallies {

  private Tallies() {}

  /// Common table expressions that bring the tallies up to what the rows are now. They go where a
  /// `move` comes before: one row for each job that came to a rank (change 1) or left it (-1), with
  /// the time it was queued. Rows are written in one order by all, so that nobody waits in a
  /// circle; the others are made of what `tallied` tells, so that none is locked before all of that
  /// is. Which of these two comes first PostgreSQL decides, alike for the same text.
  static final String CHANGED =
      """
      tallied AS (
        INSERT INTO tally (configuration_id, organization_id, period, rank, provider_id, jobs)
        SELECT configuration_id, organization_id, coalesce(hour, day), rank, provider_id,
          sum(change)
        FROM move CROSS JOIN LATERAL (
          SELECT date_trunc('hour', queued_at, 'UTC'), date_trunc('day', queued_at, 'UTC')
        ) AS period (hour, day)
        GROUP BY GROUPING SETS (
          (rank), (rank, hour), (organization_id, rank), (organization_id, rank, hour),
          (configuration_id, organization_id, provider_id, rank, day))
        HAVING sum(change) <> 0
        ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (configuration_id, organization_id, period, rank, provider_id)
          DO UPDATE SET jobs = tally.jobs + excluded.jobs
        RETURNING new.configuration_id, new.organization_id, new.provider_id, new.period, new.rank,
          new.jobs - coalesce(old.jobs, 0) AS change
      ),
      days_tallied AS (
        INSERT INTO tally_of_day (organization_id, day, rank, jobs)
        SELECT organization_id, date_trunc('day', period, 'UTC'), rank, sum(change)
        FROM tallied WHERE configuration_id IS NULL AND period IS NOT NULL
        GROUP BY 1, 2, 3
        HAVING sum(change) <> 0
        ORDER BY 1, 2, 3
        ON CONFLICT (organization_id, day, rank)
          DO UPDATE SET jobs = tally_of_day.jobs + excluded.jobs
      ),
      job_types_tallied AS (
        INSERT INTO jobs_of_job_type AS ever (configuration_id, organization_id, provider_id,
          queued, executing, cancelled, failed, completed)
        SELECT configuration_id, organization_id, provider_id,
          coalesce(sum(change) FILTER (WHERE rank = 0), 0),
          coalesce(sum(change) FILTER (WHERE rank = 1), 0),
          coalesce(sum(change) FILTER (WHERE rank = 2), 0),
          coalesce(sum(change) FILTER (WHERE rank = 3), 0),
          coalesce(sum(change) FILTER (WHERE rank = 4), 0)
        FROM tallied WHERE configuration_id IS NOT NULL
        GROUP BY 1, 2, 3
        ORDER BY 1, 2, 3
        ON CONFLICT (configuration_id, organization_id, provider_id) DO UPDATE SET
          queued = ever.queued + excluded.queued,
          executing = ever.executing + excluded.executing,
          cancelled = ever.cancelled + excluded.cancelled,
          failed = ever.failed + excluded.failed,
          completed = ever.completed + excluded.completed
      )
      """;
}

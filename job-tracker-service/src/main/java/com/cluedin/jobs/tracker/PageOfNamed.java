package com.cluedin.jobs.tracker;

/// A page near the beginning of a list that is asked for by names, newest first: what is called so
/// among the newest jobs, where these may be expected to hold the page.
///
/// One statement instead of several that send thousands of job types to and fro.
final class PageOfNamed {

  private PageOfNamed() {}

  /// Parameters: those of the condition, and `:offset`, `:take` and `:near`, the number of newest
  /// jobs that are looked at. Each row has the length of the list, `total`; where the page is not
  /// found, rows of it are missing.
  ///
  /// PostgreSQL would sooner join the newest jobs with the wanted job types than look each up among
  /// those and stop when the page is full; so it is asked whether that is true.
  ///
  /// @param all the jobs among which they are
  /// @param named the condition for rows of `job_type`
  static String sql(Selection all, JobTypeSearch.Condition named) {
    return """
    WITH wanted AS MATERIALIZED (
      SELECT configuration_id, organization_id, provider_id FROM job_type WHERE %1$s
    )
    SELECT whole.jobs AS total, part.*
    FROM (
      SELECT coalesce(sum(%6$s), 0)::bigint AS jobs FROM wanted %2$s
    ) AS whole
    CROSS JOIN (%4$s) AS others
    LEFT JOIN LATERAL (
      SELECT * FROM (
        SELECT * FROM job WHERE %5$s ORDER BY queued_at DESC, id DESC
        LIMIT CASE
          WHEN least(:offset + :take, whole.jobs) * others.jobs <= :near * whole.jobs THEN :near
          ELSE 0 END
      ) AS job
      WHERE %3$s AND ((configuration_id, organization_id, provider_id) IN (SELECT * FROM wanted)) IS TRUE
      ORDER BY queued_at DESC, id DESC
      OFFSET :offset LIMIT greatest(least(whole.jobs - :offset, :take), 0)
    ) AS part ON true
    ORDER BY part.queued_at DESC, part.id DESC
    """
        .formatted(
            named.sql(),
            Totals.EVER,
            all.ranked(),
            Totals.sql(all.readInOrderOfTime()),
            all.inOrderOfTime(),
            all.tallied());
  }
}

package com.cluedin.jobs.tracker;

import static com.cluedin.jobs.tracker.JobTypeSearch.FOLDED;

import com.cluedin.jobs.tracker.JobOrder.By;

/// A page of a list in order of names: the jobs of one job type after those of another.
///
/// The tallies tell in which job types the page lies, and on which days of these.
final class PageByName {

  private static final String IDS = "configuration_id, organization_id, provider_id";

  private PageByName() {}

  static String sql(Selection selection, JobOrder order) {
    boolean always = selection.filter().span().isAlways();
    return """
    WITH job_types AS (
      SELECT %1$s, row_number() OVER (ORDER BY %2$s, %1$s) AS place FROM %3$s
    ),
    %4$s
    chosen AS (
      SELECT * FROM (
        SELECT *, (sum(jobs) OVER (ORDER BY place) - jobs)::bigint AS before FROM (
          SELECT place, %1$s, sum(jobs)::bigint AS jobs FROM %5$s GROUP BY place, %1$s
        ) AS counted
      ) AS counted
      WHERE before + jobs > :offset AND before < :offset + :take
    )
    SELECT job.* FROM chosen
    CROSS JOIN LATERAL (
      SELECT begin, until, sum(jobs)::bigint AS jobs,
        (chosen.before + sum(sum(jobs)) OVER (ORDER BY begin DESC) - sum(jobs))::bigint AS before
      FROM (%6$s) AS piece GROUP BY begin, until
    ) AS part
    CROSS JOIN LATERAL (%7$s) AS job
    WHERE part.before + part.jobs > :offset AND part.before < :offset + :take
    ORDER BY place, job.queued_at DESC, job.id DESC
    """
        .formatted(
            IDS,
            key(order),
            jobTypes(selection),
            always ? "" : "piece AS (%s),".formatted(selection.pieces("place", "job_types")),
            always ? EVER : "piece",
            always ? DAYS : "SELECT * FROM piece WHERE piece.place = chosen.place",
            PageByPeriod.rowsOfPart(selection, OF_CHOSEN, "DESC"));
  }

  private static final String EVER =
      """
      job_types JOIN tally USING (configuration_id, organization_id, provider_id)
      WHERE period IS NULL AND rank = ANY(:ranks) AND jobs > 0
      """;

  private static final String DAYS =
      """
      SELECT period AS begin, period + interval '24 hours' AS until, jobs FROM tally
      WHERE tally.configuration_id = chosen.configuration_id
        AND tally.organization_id = chosen.organization_id
        AND tally.provider_id = chosen.provider_id
        AND period IS NOT NULL AND rank = ANY(:ranks) AND jobs > 0
      """;

  private static final String OF_CHOSEN =
      """
      rank = ANY(:ranks) AND job.configuration_id = chosen.configuration_id
        AND job.organization_id = chosen.organization_id AND job.provider_id = chosen.provider_id
      """;

  private static String jobTypes(Selection selection) {
    return (selection.wanted() == null
            ? "job_type"
            : WantedJobTypes.RELATION + " JOIN job_type USING (" + IDS + ")")
        + (selection.filter().organization() == null
            ? ""
            : " WHERE organization_id = :organization");
  }

  private static String key(JobOrder order) {
    boolean byName = order.by() == By.NAME;
    return named(byName ? "name" : "configuration_name", order.descending() ? "DESC" : "ASC")
        + ", "
        + named(byName ? "configuration_name" : "name", "ASC");
  }

  private static String named(String column, String direction) {
    return "%1$s %2$s NULLS LAST, %3$s COLLATE \"C\" %2$s"
        .formatted(FOLDED.formatted(column), direction, column);
  }
}

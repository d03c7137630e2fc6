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
    WITH %3$s chosen AS (
      SELECT * FROM (
        SELECT *, row_number() OVER list AS place, (sum(jobs) OVER list - jobs)::bigint AS before
        FROM (SELECT %1$s, sum(jobs)::bigint AS jobs FROM %4$s GROUP BY %1$s) AS counted
        JOIN job_type USING (%1$s)
        WINDOW list AS (ORDER BY %2$s, %1$s)
      ) AS counted
      WHERE before + jobs > :offset AND before < :offset + :take
    )
    SELECT job.* FROM chosen
    CROSS JOIN LATERAL (
      SELECT begin, until, sum(jobs)::bigint AS jobs,
        (chosen.before + sum(sum(jobs)) OVER (ORDER BY begin DESC) - sum(jobs))::bigint AS before
      FROM (%5$s) AS piece GROUP BY begin, until
    ) AS part
    CROSS JOIN LATERAL (%6$s) AS job
    WHERE part.before + part.jobs > :offset AND part.before < :offset + :take
    ORDER BY place, job.queued_at DESC, job.id DESC
    """
        .formatted(
            IDS,
            key(order),
            always ? "" : "piece AS (%s),".formatted(selection.pieces(jobTypes(selection))),
            always ? ever(selection) : "piece",
            (always ? DAYS : "SELECT * FROM piece WHERE ") + ofChosen("piece"),
            PageByPeriod.rowsOfPart(
                selection, "rank = ANY(:ranks) AND " + ofChosen("job"), "DESC"));
  }

  private static final String DAYS =
      """
      SELECT period AS begin, period + interval '24 hours' AS until, jobs FROM tally AS piece
      WHERE period IS NOT NULL AND rank = ANY(:ranks) AND jobs > 0 AND
      """;

  private static String ofChosen(String relation) {
    return """
    %1$s.configuration_id = chosen.configuration_id
      AND %1$s.organization_id = chosen.organization_id AND %1$s.provider_id = chosen.provider_id\
    """
        .formatted(relation);
  }

  private static String ever(Selection selection) {
    return (selection.wanted() == null
            ? "tally_of_job_type"
            : "%s JOIN tally_of_job_type USING (%s)".formatted(WantedJobTypes.RELATION, IDS))
        + " WHERE rank = ANY(:ranks) AND jobs > 0"
        + ofOrganization(selection, " AND");
  }

  /// As a relation of their ids.
  private static String jobTypes(Selection selection) {
    return selection.wanted() == null
        ? "(SELECT %s FROM job_type%s) AS wanted"
            .formatted(IDS, ofOrganization(selection, " WHERE"))
        : WantedJobTypes.RELATION;
  }

  /// Wanted ones were chosen by it.
  private static String ofOrganization(Selection selection, String conjunction) {
    return selection.filter().organization() == null || selection.wanted() != null
        ? ""
        : conjunction + " organization_id = :organization";
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

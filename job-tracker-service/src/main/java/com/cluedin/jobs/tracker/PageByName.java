package com.cluedin.jobs.tracker;

import static com.cluedin.jobs.tracker.JobTypeSearch.FOLDED;

import com.cluedin.jobs.tracker.JobOrder.By;

/// A page of a list in order of names: the jobs of one job type after those of another.
///
/// The tallies tell in which job types the page lies, and on which days of these.
final class PageByName {

  private static final String IDS = "configuration_id, organization_id, provider_id";

  private PageByName() {}

  /// @param near whether the page is near the beginning of the list; where all jobs are meant, or
  ///   an organization's, job types are then followed in their order by an index, no further than
  ///   the page goes
  static String sql(Selection selection, JobOrder order, boolean near) {
    boolean always = selection.filter().span().isAlways();
    boolean first =
        near && always && selection.wanted() == null && selection.filter().isOfAllStates();
    return """
    WITH %3$s chosen AS (
      SELECT * FROM (
        SELECT *, row_number() OVER list AS place, (sum(jobs) OVER list - jobs)::bigint AS before
        FROM (%4$s) AS counted
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
            first ? firstOnes(selection, order) : all(always ? ever(selection) : "piece"),
            (always ? DAYS : "SELECT * FROM piece WHERE ") + of("chosen", "piece"),
            PageByPeriod.rowsOfPart(
                selection, "rank = ANY(:ranks) AND " + of("chosen", "job"), "DESC"));
  }

  /// All job types with such jobs.
  private static String all(String tallies) {
    return """
    SELECT * FROM (SELECT %1$s, sum(jobs)::bigint AS jobs FROM %2$s GROUP BY %1$s) AS counted
    JOIN job_type USING (%1$s)
    """
        .formatted(IDS, tallies);
  }

  /// As many of them as a page may need: each has a job of the list, or more.
  private static String firstOnes(Selection selection, JobOrder order) {
    return """
    SELECT job_type.*, ever.jobs FROM job_type CROSS JOIN LATERAL (
      SELECT sum(jobs)::bigint AS jobs FROM tally_of_job_type AS tally
      WHERE %3$s AND rank = ANY(:ranks) AND jobs > 0
    ) AS ever
    WHERE ever.jobs > 0%4$s
    ORDER BY %2$s, %1$s LIMIT :offset + :take
    """
        .formatted(IDS, key(order), of("job_type", "tally"), ofOrganization(selection, " AND"));
  }

  private static final String DAYS =
      """
      SELECT period AS begin, period + interval '24 hours' AS until, jobs FROM tally AS piece
      WHERE period IS NOT NULL AND rank = ANY(:ranks) AND jobs > 0 AND
      """;

  private static String of(String jobType, String relation) {
    return """
    %2$s.configuration_id = %1$s.configuration_id
      AND %2$s.organization_id = %1$s.organization_id AND %2$s.provider_id = %1$s.provider_id\
    """
        .formatted(jobType, relation);
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

  /// The indexes of `job_type` by name and configuration hold the first of the two.
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

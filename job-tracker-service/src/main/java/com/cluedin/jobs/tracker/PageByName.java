package com.cluedin.jobs.tracker;

import com.cluedin.jobs.tracker.JobOrder.By;

/// A page of a list in order of names: the jobs of one job type after those of another.
///
/// The tallies tell in which job types the page lies, and on which days of these.
final class PageByName {

  private static final String IDS = "configuration_id, organization_id, provider_id";
  private static final String PIECES =
      "SELECT %1$s, sum(jobs)::bigint AS jobs FROM piece GROUP BY %1$s".formatted(IDS);

  private PageByName() {}

  /// @param near whether the page is near the beginning of the list; where all jobs are meant, or
  ///   all of an organization, no more job types are then looked up than it may need
  static String sql(Selection selection, JobOrder order, boolean near) {
    boolean always = selection.filter().span().isAlways();
    boolean ofAll = selection.wanted() == null && selection.filter().isOfAllStates();
    String tallies = always ? ever(selection) : PIECES;
    return """
    WITH %1$s chosen AS (
      SELECT * FROM (
        SELECT *, row_number() OVER list AS place, (sum(jobs) OVER list - jobs)::bigint AS before
        FROM (%3$s) AS counted
        WINDOW list AS (ORDER BY %2$s)
      ) AS counted
      WHERE before + jobs > :offset AND before < :offset + :take
    )
    SELECT job.* FROM chosen
    CROSS JOIN LATERAL (
      SELECT begin, until, sum(jobs)::bigint AS jobs,
        (chosen.before + sum(sum(jobs)) OVER (ORDER BY begin DESC) - sum(jobs))::bigint AS before
      FROM (%4$s) AS piece GROUP BY begin, until
    ) AS part
    CROSS JOIN LATERAL (%5$s) AS job
    WHERE part.before + part.jobs > :offset AND part.before < :offset + :take
    ORDER BY place, job.queued_at DESC, job.id DESC
    """
        .formatted(
            always ? "" : "piece AS (%s),".formatted(selection.pieces(jobTypes(selection))),
            inOrder(order),
            near && always && ofAll ? firstOnes(selection, order) : all(tallies, order),
            (always ? DAYS : "SELECT * FROM piece WHERE ") + of("chosen", "piece"),
            PageByPeriod.rowsOfPart(
                selection, "rank = ANY(:ranks) AND " + of("chosen", "job"), "DESC"));
  }

  /// All job types with such jobs.
  ///
  /// @param tallies how many of each there are
  private static String all(String tallies, JobOrder order) {
    return """
    SELECT * FROM (%2$s) AS counted
    JOIN (SELECT %1$s, %3$s FROM job_type) AS job_type USING (%1$s)
    """
        .formatted(IDS, tallies, keys(order));
  }

  /// As many of them as a page may need: each has a job of the list, or more. They are put in order
  /// first, so that no others are looked up but those of which all was forgotten.
  private static String firstOnes(Selection selection, JobOrder order) {
    return """
    SELECT job_type.*, ever.jobs
    FROM (SELECT %1$s, %2$s FROM job_type %3$s ORDER BY %4$s) AS job_type
    CROSS JOIN LATERAL (
      SELECT %6$s AS jobs FROM jobs_of_job_type AS tally WHERE %5$s OFFSET 0
    ) AS ever
    WHERE ever.jobs > 0 ORDER BY %4$s LIMIT :offset + :take
    """
        .formatted(
            IDS,
            keys(order),
            ofOrganization(selection, "WHERE"),
            inOrder(order),
            of("job_type", "tally"),
            selection.tallied());
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
    String jobTypes =
        selection.wanted() == null
            ? "jobs_of_job_type"
            : "%s JOIN jobs_of_job_type USING (%s)".formatted(WantedJobTypes.RELATION, IDS);
    return "SELECT %1$s, %2$s AS jobs FROM %3$s WHERE %2$s > 0%4$s"
        .formatted(IDS, selection.tallied(), jobTypes, ofOrganization(selection, " AND"));
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

  /// Columns of `job_type` that tell its place.
  private static String keys(JobOrder order) {
    return order.by() == By.NAME
        ? "folded_name AS one, folded_configuration_name AS other"
        : "folded_configuration_name AS one, folded_name AS other";
  }

  private static String inOrder(JobOrder order) {
    return "one %s NULLS LAST, other NULLS LAST, %s"
        .formatted(order.descending() ? "DESC" : "ASC", IDS);
  }
}

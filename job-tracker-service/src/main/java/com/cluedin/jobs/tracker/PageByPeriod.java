package com.cluedin.jobs.tracker;

import com.cluedin.jobs.tracker.JobOrder.By;

/// A page of a list in order of the time jobs were queued, or of their state.
///
/// The periods tell where the page lies, so nothing that is skipped is read, and no period without
/// such jobs.
final class PageByPeriod {

  private PageByPeriod() {}

  static String sql(Selection selection, JobOrder order) {
    boolean byStatus = order.by() == By.STATUS;
    String first = byStatus ? (order.descending() ? "rank DESC, " : "rank, ") : "";
    String direction = byStatus || order.descending() ? "DESC" : "ASC";
    return """
    WITH part AS (
      SELECT %1$s begin, until, sum(jobs)::bigint AS jobs,
        (sum(sum(jobs)) OVER (ORDER BY %2$s begin %3$s) - sum(jobs))::bigint AS before
      FROM (%4$s) AS period GROUP BY %1$s begin, until
    )
    SELECT job.* FROM part
    CROSS JOIN LATERAL (%5$s) AS job
    WHERE part.before + part.jobs > :offset AND part.before < :offset + :take
    ORDER BY %6$s job.queued_at %3$s, job.id %3$s
    """
        .formatted(
            byStatus ? "rank," : "",
            first,
            direction,
            selection.periods(),
            rowsOfPart(selection, byStatus ? "rank = part.rank" : "rank = ANY(:ranks)", direction),
            byStatus ? "job." + first : "");
  }

  /// Those rows of a part, which has a beginning, an end, and so many jobs with so many others
  /// before it, that are of the page.
  static String rowsOfPart(Selection selection, String condition, String direction) {
    return """
    SELECT * FROM job
    WHERE queued_at >= part.begin AND queued_at < part.until AND %1$s AND %2$s
    ORDER BY queued_at %3$s, id %3$s
    OFFSET greatest(:offset - part.before, 0)
    LIMIT greatest(least(part.jobs, :offset + :take - part.before)
      - greatest(:offset - part.before, 0), 0)
    """
        .formatted(condition, selection.rows(), direction);
  }
}

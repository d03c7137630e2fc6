package com.cluedin.jobs.tracker;

import com.cluedin.jobs.tracker.JobOrder.By;

/// A page of a list in order of the time jobs were queued.
///
/// The periods tell where the page lies, so nothing that is skipped is read, and no period without
/// such jobs. Of a list without a span, the days tell first which hours need a look.
final class PageByPeriod {

  /// How many rows a page has, where the length of the list is known, as `whole.jobs`.
  private static final String LENGTH = "greatest(least(whole.jobs - :offset, :take), 0)";

  private PageByPeriod() {}

  /// @param each whether each job type is looked up by itself, or else others are passed over
  static String sql(Selection selection, JobOrder order, boolean each) {
    String direction = order.descending() ? "DESC" : "ASC";
    String parts =
        selection.wanted() == null && selection.filter().span().isAlways()
            ? hoursOfDays(selection, direction)
            : periods(selection, direction);
    return """
    WITH %1$s
    SELECT job.* FROM part
    CROSS JOIN LATERAL (%2$s) AS job
    WHERE part.before + part.jobs > :offset AND part.before < :offset + :take
    ORDER BY job.queued_at %3$s, job.id %3$s
    """
        .formatted(
            parts,
            each
                ? rowsOfEach(selection, selection.ranked(), direction)
                : rowsOfPart(selection, selection.ranked(), direction),
            direction);
  }

  /// The page, if it lies among so many jobs (`:near`) at the end of a longer list which an index
  /// holds, or else less of it. Not more is asked for than there is: whoever looks for more reads
  /// on, past all that has left the index and was not vacuumed yet.
  ///
  /// @param offset how many rows of the list lie before the page, in SQL
  /// @param take how many rows the page has, in SQL
  static String nearest(Selection selection, JobOrder order, String offset, String take) {
    return """
    SELECT * FROM (
      SELECT * FROM job WHERE %1$s AND %2$s ORDER BY queued_at %5$s, id %5$s LIMIT :near
    ) AS job
    WHERE %3$s AND %4$s ORDER BY queued_at %5$s, id %5$s OFFSET %6$s LIMIT %7$s
    """
        .formatted(
            selection.inOrderOfTime(),
            order.descending() ? "true" : sinceFirstDay(selection),
            selection.ranked(),
            selection.rows(),
            order.descending() ? "DESC" : "ASC",
            offset,
            take);
  }

  /// Before it is what was forgotten and not vacuumed yet. The index of days has organizations
  /// first.
  private static String sinceFirstDay(Selection selection) {
    return """
    queued_at >= (
      SELECT day FROM tally_of_day WHERE %s AND %s AND jobs > 0
      ORDER BY organization_id, day LIMIT 1
    )
    """
        .formatted(Jobs.whose(selection.filter().organization()), selection.ranked());
  }

  /// A page of a list without a span, newest first, as {@link #nearest} finds it. It goes where the
  /// length of the list is known.
  static String newest(Selection selection) {
    return nearest(selection, JobOrder.NEWEST_FIRST, ":offset", LENGTH);
  }

  /// The same without a look at the newest jobs, of a list that names no configuration. A page at
  /// the end of the list is looked for among the oldest jobs, if an index holds just these or they
  /// are everybody's.
  ///
  /// It goes where the length of the list is known, as `whole.jobs`.
  static String older(Selection selection) {
    String wherever = sql(selection, JobOrder.NEWEST_FIRST, false);
    return selection.filter().organization() == null || selection.filter().isOfAllStates()
        ? """
        (SELECT oldest.* FROM (%s) AS oldest WHERE whole.jobs - :offset <= :near)
        UNION ALL
        (SELECT other.* FROM (%s) AS other WHERE whole.jobs - :offset > :near)
        """
            .formatted(
                nearest(
                    selection,
                    new JobOrder(By.QUEUED, false),
                    "greatest(whole.jobs - :offset - :take, 0)",
                    LENGTH),
                wherever)
        : wherever;
  }

  /// The periods of the list in its order, each with how many jobs lie before it.
  private static String periods(Selection selection, String direction) {
    return """
    part AS (
      SELECT begin, until, sum(jobs)::bigint AS jobs,
        (sum(sum(jobs)) OVER (ORDER BY begin %1$s) - sum(jobs))::bigint AS before
      FROM (%2$s) AS period GROUP BY begin, until
    )
    """
        .formatted(direction, selection.periods());
  }

  /// The same, but only hours of those days in which the page lies, looked up a day at a time:
  /// PostgreSQL would sooner read all hours.
  private static String hoursOfDays(Selection selection, String direction) {
    return """
    day AS (
      SELECT * FROM (
        SELECT day, sum(jobs)::bigint AS jobs,
          (sum(sum(jobs)) OVER (ORDER BY day %1$s) - sum(jobs))::bigint AS before
        FROM tally_of_day WHERE %2$s AND %3$s AND jobs > 0
        GROUP BY day
      ) AS day
      WHERE before + jobs > :offset AND before < :offset + :take
    ),
    part AS (
      SELECT period AS begin, period + interval '1 hour' AS until, sum(jobs)::bigint AS jobs,
        (before + sum(sum(jobs)) OVER (PARTITION BY day ORDER BY period %1$s)
          - sum(jobs))::bigint AS before
      FROM (
        SELECT day.day, day.before, hour.* FROM day CROSS JOIN LATERAL (
          SELECT period, jobs FROM tally
          WHERE configuration_id IS NULL AND %2$s AND %3$s AND jobs > 0
            AND period >= day.day AND period < day.day + interval '24 hours'
          OFFSET 0
        ) AS hour
      ) AS hour
      GROUP BY day, before, period
    )
    """
        .formatted(direction, Jobs.whose(selection.filter().organization()), selection.ranked());
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

  /// The same, of each job type as many as may be needed.
  private static String rowsOfEach(Selection selection, String condition, String direction) {
    return """
    SELECT job.* FROM %1$s CROSS JOIN LATERAL (
      SELECT * FROM job
      WHERE configuration_id = wanted.configuration_id
        AND organization_id = wanted.organization_id AND provider_id = wanted.provider_id
        AND queued_at >= part.begin AND queued_at < part.until AND %2$s AND %3$s
      ORDER BY queued_at %4$s, id %4$s
      LIMIT greatest(least(part.jobs, :offset + :take - part.before), 0)
    ) AS job
    ORDER BY queued_at %4$s, id %4$s
    OFFSET greatest(:offset - part.before, 0)
    LIMIT greatest(least(part.jobs, :offset + :take - part.before)
      - greatest(:offset - part.before, 0), 0)
    """
        .formatted(WantedJobTypes.RELATION, condition, selection.queued(), direction);
  }
}

package com.cluedin.jobs.tracker;

/// How long a list is.
final class Totals {

  private Totals() {}

  static String sql(Selection selection) {
    return "SELECT coalesce(sum(jobs), 0)::bigint AS jobs FROM " + jobs(selection);
  }

  /// By rank, where there are any.
  static String ofEachState(Selection selection) {
    return "SELECT rank, sum(jobs)::bigint AS jobs FROM %s GROUP BY rank"
        .formatted(jobs(selection));
  }

  private static String jobs(Selection selection) {
    return selection.filter().span().isAlways()
        ? tallies(selection) + " AND " + selection.ranked()
        : "(%s) AS period".formatted(selection.periods());
  }

  /// Where the totals are: a table and a condition.
  private static String tallies(Selection selection) {
    JobFilter filter = selection.filter();
    if (selection.wanted() != null) {
      return WantedJobTypes.RELATION
          + " JOIN tally_of_job_type USING (configuration_id, organization_id, provider_id)"
          + " WHERE true";
    }
    return filter.configuration() == null
        ? "tally WHERE configuration_id IS NULL AND period IS NULL AND "
            + Jobs.whose(filter.organization())
        : "tally_of_job_type WHERE " + selection.owners();
  }
}

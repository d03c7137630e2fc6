package com.cluedin.jobs.tracker;

/// How long a list is.
final class Totals {

  private Totals() {}

  static String sql(Selection selection) {
    if (!selection.filter().span().isAlways()) {
      return "SELECT coalesce(sum(jobs), 0)::bigint AS jobs FROM (%s) AS period"
          .formatted(selection.periods());
    }
    return """
    SELECT coalesce(sum(jobs), 0)::bigint AS jobs
    FROM %s AND %s
    """
        .formatted(tallies(selection), selection.ranked());
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

package com.cluedin.jobs.tracker;

/// How long a list is.
final class Totals {

  private Totals() {}

  static String sql(Selection selection) {
    if (!selection.filter().span().isAlways()) {
      return "SELECT coalesce(sum(jobs), 0)::bigint AS jobs FROM (%s) AS period"
          .formatted(selection.periods());
    }
    String tallies =
        selection.wanted() == null
            ? "tally WHERE configuration_id IS NULL AND period IS NULL AND "
                + Jobs.whose(selection.filter().organization())
            : WantedJobTypes.RELATION
                + " JOIN tally_of_job_type USING (configuration_id, organization_id, provider_id)"
                + " WHERE true";
    return """
    SELECT coalesce(sum(jobs), 0)::bigint AS jobs
    FROM %s AND rank = ANY(:ranks)
    """
        .formatted(tallies);
  }
}

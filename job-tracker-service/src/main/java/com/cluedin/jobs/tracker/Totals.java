package com.cluedin.jobs.tracker;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
            ? ofEverything(selection.filter().organization())
            : WantedJobTypes.RELATION
                + " JOIN tally_of_job_type USING (configuration_id, organization_id, provider_id)"
                + " WHERE true";
    return """
    SELECT coalesce(sum(jobs), 0)::bigint AS jobs
    FROM %s AND rank = ANY(:ranks)
    """
        .formatted(tallies);
  }

  /// Where the totals of all job types are: a table and a condition.
  static String ofEverything(@Nullable UUID organization) {
    return "tally WHERE configuration_id IS NULL AND period IS NULL AND "
        + Jobs.whose(organization);
  }
}

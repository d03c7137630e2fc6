package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/// How long a list is.
final class Totals {

  /// Beside `wanted` job types, what there ever was of each. Each is looked up by itself:
  /// PostgreSQL would sooner read all there are.
  static final String EVER =
      """
      CROSS JOIN LATERAL (
        SELECT queued, executing, cancelled, failed, completed FROM jobs_of_job_type AS tally
        WHERE tally.configuration_id = wanted.configuration_id
          AND tally.organization_id = wanted.organization_id
          AND tally.provider_id = wanted.provider_id
        OFFSET 0
      ) AS ever
      """;

  private Totals() {}

  static String sql(Selection selection) {
    return "SELECT coalesce(sum(jobs), 0)::bigint AS jobs FROM " + jobs(selection);
  }

  /// By rank, where there are any.
  static String ofEachState(Selection selection) {
    return "SELECT rank, sum(jobs)::bigint AS jobs FROM %s GROUP BY rank"
        .formatted(jobs(selection));
  }

  /// What a statement tells of each state, one row for a rank; no entry where it tells nothing.
  static Mono<Map<JobState, Long>> byState(GenericExecuteSpec statement) {
    return statement
        .map(row ->
            Map.entry(
                JobState.ofRank(requireNonNull(row.get("rank", Short.class))),
                requireNonNull(row.get("jobs", Long.class))))
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
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
      return byRank(WantedJobTypes.RELATION + " " + EVER);
    }
    return filter.configuration() == null
        ? "tally WHERE configuration_id IS NULL AND period IS NULL AND "
            + Jobs.whose(filter.organization())
        : byRank("jobs_of_job_type WHERE " + selection.owners());
  }

  /// @param ever what there ever was of job types
  private static String byRank(String ever) {
    return """
    (
      SELECT sum(queued) AS queued, sum(executing) AS executing, sum(cancelled) AS cancelled,
        sum(failed) AS failed, sum(completed) AS completed
      FROM %s
    ) AS ever
    CROSS JOIN LATERAL (
      VALUES (0::smallint, queued), (1, executing), (2, cancelled), (3, failed), (4, completed)
    ) AS of_rank (rank, jobs)
    WHERE jobs > 0\
    """
        .formatted(ever);
  }
}

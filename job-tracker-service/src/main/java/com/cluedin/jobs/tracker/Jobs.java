package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobStateCount;
import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Page;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Answers questions about jobs. Nothing here ever counts jobs: counts, totals and the way to a
/// page come from the tallies.
@Component
class Jobs {

  /// So many rows are skipped sooner than their periods are looked up.
  static final int NEAR = 1_000;

  private final DatabaseClient database;
  private final int near;

  @Autowired
  Jobs(DatabaseClient database) {
    this(database, NEAR);
  }

  /// @param near up to how many rows are skipped by an index
  Jobs(DatabaseClient database, int near) {
    this.database = database;
    this.near = near;
  }

  /// How many jobs are in each state.
  Mono<JobStateCount> count(@Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT rank, jobs FROM tally
            WHERE configuration_id IS NULL AND period IS NULL
              AND %s
            """
                .formatted(whose(organization)))
        .bindValues(organization(organization))
        .map(row ->
            Map.entry(
                JobState.ofRank(requireNonNull(row.get("rank", Short.class))),
                requireNonNull(row.get("jobs", Long.class))))
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue)
        .map(count ->
            new JobStateCount(
                count.getOrDefault(JobState.COMPLETED, 0L),
                count.getOrDefault(JobState.EXECUTING, 0L),
                count.getOrDefault(JobState.FAILED, 0L),
                count.getOrDefault(JobState.QUEUED, 0L),
                count.getOrDefault(JobState.CANCELLED, 0L)));
  }

  /// One page of a list, newest first, and how long the whole list is; both of one snapshot.
  ///
  /// The tallies tell in which periods the page lies and how many rows of the first one come before
  /// it, so nothing that is skipped is read, and no period without such jobs. Where an index has
  /// just these jobs in this order and little is skipped, it leads there sooner.
  Mono<Part> list(JobFilter filter, Page page) {
    boolean isNear =
        page.offset() <= near
            && filter.isOfAllStates()
            && (filter.configuration() == null || filter.organization() == null);
    return bind(database.sql(sql(filter, isNear)), filter)
        .bind("offset", page.offset())
        .bind("take", page.take())
        .map(row -> new Line(requireNonNull(row.get("total", Long.class)), readOrNull(row)))
        .all()
        .collectList()
        .map(lines ->
            new Part(
                lines.getFirst().total(),
                lines.stream()
                    .filter(line -> line.job() != null)
                    .map(line -> requireNonNull(line.job()).view())
                    .toList()));
  }

  /// A job, unless it is another organization's.
  Mono<Job> find(UUID id, @Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT * FROM job WHERE id = :id AND queued_at IS NOT NULL
              AND (:organization::uuid IS NULL OR organization_id = :organization)
            """)
        .bind("id", id)
        .bind("organization", nullable(organization))
        .map(Rows::job)
        .one();
  }

  /// The runs of a job, oldest first, to the newest it was found with.
  Mono<List<JobRunView>> runs(Job job) {
    return database
        .sql(
            """
            SELECT * FROM earlier_run WHERE job_id = :job AND attempt < :newest ORDER BY attempt
            """)
        .bind("job", job.id())
        .bind("newest", (short) job.newestRun().attempt())
        .map(Rows::run)
        .all()
        .collectList()
        .map(job::runViews);
  }

  private static String sql(JobFilter filter, boolean isNear) {
    return """
    SELECT whole.total, part.* FROM (
      SELECT coalesce(sum(jobs), 0)::bigint AS total FROM %1$s AND rank = ANY(:ranks)
    ) AS whole
    LEFT JOIN LATERAL (%2$s) AS part ON true
    ORDER BY part.queued_at DESC, part.id DESC
    """
        .formatted(totals(filter), isNear ? nearPage(filter) : pageByPeriod(filter));
  }

  private static String pageByPeriod(JobFilter filter) {
    return filter.configuration() == null
        ? PageByPeriod.sql(new Selection(filter, null), JobOrder.NEWEST_FIRST, false)
        : pageOfConfiguration(filter);
  }

  private static String nearPage(JobFilter filter) {
    return """
    SELECT * FROM job WHERE %s AND %s
    ORDER BY queued_at DESC, id DESC OFFSET :offset LIMIT :take
    """
        .formatted(
            new Selection(filter, null).rows(),
            filter.configuration() == null ? "true" : "configuration_id = :configuration");
  }

  /// Where the totals of the list are: a table and a condition.
  private static String totals(JobFilter filter) {
    return filter.configuration() == null
        ? Totals.ofEverything(filter.organization())
        : "tally_of_job_type WHERE " + ofConfiguration(filter);
  }

  private static String ofConfiguration(JobFilter filter) {
    return "configuration_id = :configuration"
        + (filter.organization() == null ? "" : " AND organization_id = :organization");
  }

  private static String pageOfConfiguration(JobFilter filter) {
    return """
    SELECT job.* FROM (
      SELECT period, here, until - here AS before FROM (
        SELECT period, sum(jobs)::bigint AS here,
          sum(sum(jobs)) OVER (ORDER BY period DESC)::bigint AS until
        FROM tally WHERE %1$s AND period IS NOT NULL AND rank = ANY(:ranks) AND jobs > 0
        GROUP BY period
      ) AS periods
      WHERE until > :offset ORDER BY period DESC LIMIT :take
    ) AS periods
    CROSS JOIN LATERAL (
      SELECT * FROM job
      WHERE queued_at >= period AND queued_at < period + interval '24 hours'
        AND rank = ANY(:ranks) AND %1$s
      ORDER BY queued_at DESC, id DESC
      OFFSET greatest(:offset - before, 0)
      LIMIT greatest(least(here, :offset + :take - before) - greatest(:offset - before, 0), 0)
    ) AS job
    WHERE before < :offset + :take
    """
        .formatted(ofConfiguration(filter));
  }

  private static GenericExecuteSpec bind(GenericExecuteSpec statement, JobFilter filter) {
    GenericExecuteSpec bound =
        statement.bind("ranks", filter.ranks()).bindValues(organization(filter.organization()));
    return filter.configuration() == null
        ? bound
        : bound.bind("configuration", filter.configuration());
  }

  /// Which tallies are meant; written so that their index finds them.
  static String whose(@Nullable UUID organization) {
    return organization == null ? "organization_id IS NULL" : "organization_id = :organization";
  }

  static Map<String, Object> organization(@Nullable UUID organization) {
    return organization == null ? Map.of() : Map.of("organization", organization);
  }

  /// An organization or another id, or none.
  static Object nullable(@Nullable UUID id) {
    return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
  }

  private static @Nullable Job readOrNull(Readable row) {
    return row.get("id", UUID.class) == null ? null : Rows.job(row);
  }

  /// @param total how long the whole list is
  record Part(long total, List<JobView> jobs) {}

  private record Line(long total, @Nullable Job job) {}
}

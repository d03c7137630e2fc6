package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobStateCount;
import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Page;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Answers questions about jobs. Nothing here ever counts jobs: counts and totals come from the
/// tallies.
@Component
class Jobs {

  private static final Pattern NUMBERS = Pattern.compile(":(offset|take|near)\\b");

  private final DatabaseClient database;

  Jobs(DatabaseClient database) {
    this.database = database;
  }

  /// How many jobs are in each state.
  Mono<JobStateCount> count(@Nullable UUID organization) {
    return Totals.byState(
            database
                .sql(
                    """
                    SELECT rank, jobs FROM tally
                    WHERE configuration_id IS NULL AND period IS NULL
                      AND %s
                    """
                        .formatted(whose(organization)))
                .bindValues(organization(organization)))
        .map(count ->
            new JobStateCount(
                count.getOrDefault(JobState.COMPLETED, 0L),
                count.getOrDefault(JobState.EXECUTING, 0L),
                count.getOrDefault(JobState.FAILED, 0L),
                count.getOrDefault(JobState.QUEUED, 0L),
                count.getOrDefault(JobState.CANCELLED, 0L)));
  }

  /// One page of a plain list, newest first, and how long the whole list is; both of one snapshot.
  ///
  /// @param near among how many newest jobs of a longer list, which an index holds, the page is
  ///   looked for; what lies beyond them is not told
  Mono<Part> newest(JobFilter filter, Page page, long near) {
    Selection selection = new Selection(filter, null);
    return read(selection, wholeAnd(selection, PageByPeriod.newest(selection)), values(page, near));
  }

  /// The same without a look at the newest jobs.
  ///
  /// @param filter names no configuration
  /// @param near at how many of the oldest jobs it looks, where the page is among these
  Mono<Part> older(JobFilter filter, Page page, long near) {
    if (filter.configuration() != null) {
      throw new IllegalArgumentException("days are not tallied by configuration");
    }
    Selection selection = new Selection(filter, null);
    return read(selection, wholeAnd(selection, PageByPeriod.older(selection)), values(page, near));
  }

  /// The same of a list that is asked for by names: what is called so among so many newest jobs,
  /// where these may be expected to hold the page.
  Mono<Part> named(JobFilter filter, Page page, long near) {
    JobTypeSearch.Condition named =
        JobTypeSearch.Condition.of(filter.jobTypes(), filter.organization());
    Selection selection = new Selection(filter, null);
    Map<String, Object> values = new HashMap<>(values(page, near));
    values.putAll(named.values());
    return read(selection, hidden(selection, PageOfNamed.sql(selection, named)), values);
  }

  private Mono<Part> read(Selection selection, String sql, Map<String, Object> values) {
    return selection
        .ask(database, sql, values)
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

  /// A list's length and a page of it.
  ///
  /// @param rows a statement for those of the page
  static String wholeAnd(Selection selection, String rows) {
    String sql =
        """
        SELECT whole.jobs AS total, part.* FROM (%s) AS whole
        LEFT JOIN LATERAL (%s) AS part ON true ORDER BY part.queued_at DESC, part.id DESC
        """
            .formatted(Totals.sql(selection), rows);
    return hidden(selection, sql);
  }

  /// PostgreSQL is not shown the numbers of the page when it plans: it would find each page worth a
  /// plan of its own, and planning takes longer than most pages. Of an organization it is, as large
  /// and small ones need plans of their own.
  static String hidden(Selection selection, String sql) {
    return selection.filter().organization() == null
        ? NUMBERS.matcher(sql).replaceAll("(SELECT $0::bigint)")
        : sql;
  }

  static Map<String, Object> values(Page page, long near) {
    return Map.of("offset", page.offset(), "take", page.take(), "near", near);
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
  record Part(long total, List<JobView> jobs) {

    /// Whether nothing of the page is missing.
    boolean isWhole(Page page) {
      return jobs.size() == Math.clamp(total - page.offset(), 0, page.take());
    }
  }

  private record Line(long total, @Nullable Job job) {}
}

package com.cluedin.jobs.tracker;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import com.cluedin.jobs.service.Page;
import com.cluedin.jobs.tracker.JobOrder.By;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/// An hour of twenty thousand jobs of one job type that were completed, after some of others that
/// failed: a list does not pass over all that is not on the page.
class RareJobsIT {

  private static final int MOST_PASSED = 1_000;
  private static final Map<String, Object> PAGE = Jobs.values(new Page(0, 20), MOST_PASSED);
  private static final UUID COMMON = new UUID(2, 0);
  private static final List<UUID> RARE =
      IntStream.range(0, 300).mapToObj(i -> new UUID(1, i)).toList();
  private static final String JOBS =
      """
      INSERT INTO job (id, organization_id, configuration_id, provider_id, queued_at, progress,
        attempt, rank, remark)
      SELECT uuidv7(), type, type, type, timestamptz '2026-03-02T10:00:00Z'
        + (:from + n) * interval '0.1 seconds', 0, 1, :rank, ''
      FROM unnest(:types::uuid[]) WITH ORDINALITY AS one (type, n)
      """;
  private static final List<String> TALLIES =
      List.of(
          """
          INSERT INTO tally (configuration_id, organization_id, provider_id, period, rank, jobs)
          SELECT configuration_id, organization_id, provider_id, coalesce(hour, day), rank, count(*)
          FROM job, date_trunc('hour', queued_at, 'UTC') AS hour,
            date_trunc('day', queued_at, 'UTC') AS day
          GROUP BY GROUPING SETS ((rank), (rank, hour),
            (configuration_id, organization_id, provider_id, rank, day))
          """,
          """
          INSERT INTO tally_of_day (organization_id, day, rank, jobs)
          SELECT NULL, date_trunc('day', queued_at, 'UTC'), rank, count(*) FROM job GROUP BY 2, 3
          """,
          "ANALYZE");
  private static final String OF_ORGANIZATION =
      """
      INSERT INTO tally (organization_id, rank, jobs)
      SELECT organization_id, rank, count(*) FROM job WHERE organization_id = :organization
      GROUP BY 1, 2
      """;
  private static final int FORGOTTEN = 40;
  private static final List<String> JOB_TYPES =
      List.of(
          """
          INSERT INTO jobs_of_job_type
          SELECT configuration_id, organization_id, provider_id,
            count(*) FILTER (WHERE rank = 0), count(*) FILTER (WHERE rank = 1),
            count(*) FILTER (WHERE rank = 2), count(*) FILTER (WHERE rank = 3),
            count(*) FILTER (WHERE rank = 4)
          FROM job GROUP BY 1, 2, 3
          """,
          """
          INSERT INTO job_type (configuration_id, organization_id, provider_id, name,
            configuration_name, queued_at)
          SELECT configuration_id, organization_id, provider_id, 'Provider ' || row_number() OVER () % 8,
            CASE WHEN row_number() OVER () % 5 > 0 THEN 'account ' || row_number() OVER () % 70 END, now()
          FROM jobs_of_job_type
          """,
          """
          WITH gone AS (
            INSERT INTO job_type (configuration_id, organization_id, provider_id, name,
              configuration_name, queued_at)
            SELECT uuidv7(), uuidv7(), uuidv7(), 'Absent', 'Absent', now()
            FROM generate_series(1, %d)
            RETURNING configuration_id, organization_id, provider_id
          )
          INSERT INTO jobs_of_job_type SELECT *, 0, 0, 0, 0, 0 FROM gone
          """
              .formatted(FORGOTTEN),
          "ANALYZE");
  private static final Pattern LOOPS = Pattern.compile(".*loops=(\\d+).*");
  private static final Pattern LOOK = Pattern.compile("(Index|Heap|Seq) (Only )?Scan.* on job ");
  private static final Pattern ACTUAL = Pattern.compile(".*actual rows=(\\d+).*");
  private static final Pattern PASSED_OVER = Pattern.compile("Rows Removed by Filter: (\\d+)");

  @Test
  void whatIsRareIsFoundWithoutALookAtAllOthers() {
    try (TrackerDatabase database = new TrackerDatabase()) {
      fill(database);

      JobFilter failed = of(JobState.FAILED);
      Selection ofState = new Selection(failed, null);
      check(database, ofState, PageByPeriod.sql(ofState, JobOrder.NEWEST_FIRST, false));

      Selection ofJobTypes =
          new Selection(ofAll(), new WantedJobTypes(RARE, RARE, RARE, List.of()));
      check(database, ofJobTypes, PageByPeriod.sql(ofJobTypes, JobOrder.NEWEST_FIRST, true));

      List<UUID> common = List.of(COMMON);
      Selection ofNobody =
          new Selection(
              new JobFilter(COMMON, (UUID) null, failed.states()),
              new WantedJobTypes(common, common, common, List.of()));
      checkPlan(
          database,
          ofNobody,
          PageByPeriod.nearest(ofNobody, JobOrder.NEWEST_FIRST, ":offset", ":take"));
    }
  }

  @Test
  void plainListsAreReadFromTheEndThePageIsNearest() {
    try (TrackerDatabase database = new TrackerDatabase()) {
      fill(database);
      Page first = new Page(0, 20);
      Page middle = new Page(500, 20);
      Page last = new Page(1014, 20);

      for (JobState state : List.of(JobState.FAILED, JobState.COMPLETED)) {
        assertThat(rows(database, of(state), newest(of(state)), first)).isEqualTo(20);
      }
      assertThat(rows(database, ofAll(), newest(ofAll()), first)).isEqualTo(20);
      assertThat(rows(database, ofAll(), newest(ofAll()), middle)).isZero();
      assertThat(rows(database, ofAll(), PageByPeriod.older(all()), middle)).isEqualTo(20);
      assertThat(rows(database, ofAll(), PageByPeriod.older(all()), last)).isEqualTo(20);

      assertThat(looksAtJobs(database, ofAll(), PageByPeriod.older(all()), last))
          .containsExactlyInAnyOrder("20", "never");
      assertThat(looksAtJobs(database, ofAll(), PageByPeriod.older(all()), middle))
          .contains("never")
          .hasSize(2);
      JobFilter executing = of(JobState.EXECUTING);
      assertThat(looksAtJobs(database, executing, newest(executing), first))
          .containsExactly("never");
    }
  }

  @Test
  void thePlanOfAPlainListIsKept() {
    try (TrackerDatabase database = new TrackerDatabase()) {
      fill(database);
      Long planned =
          Flux.range(0, 7)
              .concatMap(page -> ask(database, all(), newest(ofAll()), new Page(page, 20)))
              .then(
                  database
                      .client()
                      .sql(
                          """
                          SELECT generic_plans FROM pg_prepared_statements
                          WHERE statement LIKE '%AS whole%'
                          """)
                      .map(row -> row.get(0, Long.class))
                      .one())
              .as(database.transaction()::transactional)
              .block();
      assertThat(planned).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"NAME, false", "NAME, true", "CONFIGURATION, false", "CONFIGURATION, true"})
  void ofJobTypesInOrderOfNamesNoMoreAreLookedUpThanThePageNeeds(By by, boolean descending) {
    try (TrackerDatabase database = new TrackerDatabase()) {
      fill(database);
      JOB_TYPES.forEach(sql -> database.client().sql(sql).then().block());
      JobOrder order = new JobOrder(by, descending);
      String near = PageByName.sql(all(), order, true);

      for (Page page : List.of(new Page(0, 20), new Page(7, 3))) {
        assertThat(ids(database, near, page))
            .hasSize(page.take())
            .isEqualTo(ids(database, PageByName.sql(all(), order, false), page));
      }
      assertThat(explained(database, all(), "EXPLAIN (ANALYZE) " + near))
          .filteredOn(line -> line.contains("on jobs_of_job_type"))
          .singleElement()
          .extracting(line -> Integer.valueOf(LOOPS.matcher(line).replaceFirst("$1")))
          .asInstanceOf(INTEGER)
          .isBetween(20, 20 + FORGOTTEN);
    }
  }

  @Test
  void ofANameTheNewestJobsAreLookedAtOnlyWhereTheyMayHoldThePage() {
    try (TrackerDatabase database = new TrackerDatabase()) {
      fill(database);
      JOB_TYPES.forEach(sql -> database.client().sql(sql).then().block());
      String common = nameOf(database, COMMON);
      String rare =
          RARE.stream()
              .map(jobType -> nameOf(database, jobType))
              .filter(name -> !name.equals(common))
              .findFirst()
              .orElseThrow();

      assertThat(looksAtJobsOf(database, ofAll(), common, 0)).containsExactly("20");
      assertThat(looksAtJobsOf(database, ofAll(), common, 3)).containsExactly("80");
      assertThat(looksAtJobsOf(database, ofAll(), "Absent", 0)).containsExactly("never");
      assertThat(looksAtJobsOf(database, ofAll(), rare, 0)).containsExactly("never");
      assertThat(looksAtJobsOf(database, of(JobState.FAILED), rare, 0))
          .isNotEmpty()
          .doesNotContain("never");
    }
  }

  @Test
  void ofAnOrganizationTheNewestJobsHoldWhatIsRareNoMoreOftenThanAll() {
    try (TrackerDatabase database = new TrackerDatabase()) {
      add(database, 0, nCopies(30, COMMON), JobState.FAILED);
      fill(database);
      JOB_TYPES.forEach(sql -> database.client().sql(sql).then().block());
      database.client().sql(OF_ORGANIZATION).bind("organization", COMMON).then().block();
      String common = nameOf(database, COMMON);

      for (JobState state : List.of(JobState.FAILED, JobState.COMPLETED)) {
        JobFilter filter = new JobFilter(COMMON, (UUID) null, EnumSet.of(state));
        assertThat(looksAtJobsOf(database, filter, common, 0))
            .containsExactly(state == JobState.FAILED ? "never" : "20");
      }
    }
  }

  @Test
  void ofANameFewJobsHaveTheNewestAreLookedAtWhereTheyAreAllThereAre() {
    try (TrackerDatabase database = new TrackerDatabase()) {
      add(database, 0, RARE.subList(0, 7), JobState.FAILED);
      add(database, 7, nCopies(293, COMMON), JobState.COMPLETED);
      Stream.concat(TALLIES.stream(), JOB_TYPES.stream())
          .forEach(sql -> database.client().sql(sql).then().block());
      String rare = nameOf(database, RARE.getFirst());

      assertThat(looksAtJobsOf(database, ofAll(), rare, 0)).containsExactly("300");
    }
  }

  private static String nameOf(TrackerDatabase database, UUID configuration) {
    return database
        .client()
        .sql("SELECT name FROM job_type WHERE configuration_id = :configuration")
        .bind("configuration", configuration)
        .map(row -> row.get(0, String.class))
        .one()
        .block();
  }

  /// As {@link Jobs#named} asks.
  private static List<String> looksAtJobsOf(
      TrackerDatabase database, JobFilter filter, String name, int page) {
    Selection selection = new Selection(filter, null);
    JobTypeSearch.Condition named =
        JobTypeSearch.Condition.of(
            JobTypeFilter.of(null, name, null, null, null), filter.organization());
    Map<String, Object> values = new HashMap<>(Jobs.values(new Page(page, 20), MOST_PASSED));
    values.putAll(named.values());
    String sql = Jobs.hidden(selection, PageOfNamed.sql(selection, named));
    return looksAtJobs(database, selection, sql, values);
  }

  private static List<UUID> ids(TrackerDatabase database, String sql, Page page) {
    return all()
        .ask(database.client(), sql, Jobs.values(page, MOST_PASSED))
        .map(row -> row.get("id", UUID.class))
        .all()
        .collectList()
        .block();
  }

  private static void fill(TrackerDatabase database) {
    add(database, 0, RARE, JobState.FAILED);
    add(database, RARE.size(), nCopies(20_000, COMMON), JobState.COMPLETED);
    TALLIES.forEach(sql -> database.client().sql(sql).then().block());
  }

  private static JobFilter of(JobState state) {
    return new JobFilter(null, (UUID) null, EnumSet.of(state));
  }

  private static JobFilter ofAll() {
    return new JobFilter(null, (UUID) null, EnumSet.allOf(JobState.class));
  }

  private static Selection all() {
    return new Selection(ofAll(), null);
  }

  private static String newest(JobFilter filter) {
    return PageByPeriod.newest(new Selection(filter, null));
  }

  private static long rows(TrackerDatabase database, JobFilter filter, String rows, Page page) {
    return ask(database, new Selection(filter, null), rows, page)
        .filter(isJob -> isJob)
        .count()
        .block();
  }

  /// Of each line whether it tells of a job.
  private static Flux<Boolean> ask(
      TrackerDatabase database, Selection selection, String rows, Page page) {
    return selection
        .ask(database.client(), Jobs.wholeAnd(selection, rows), Jobs.values(page, MOST_PASSED))
        .map(row -> row.get("id") != null)
        .all();
  }

  /// How many rows each look at jobs came to, or that there was none.
  private static List<String> looksAtJobs(
      TrackerDatabase database, JobFilter filter, String rows, Page page) {
    Selection selection = new Selection(filter, null);
    return looksAtJobs(
        database, selection, Jobs.wholeAnd(selection, rows), Jobs.values(page, MOST_PASSED));
  }

  private static List<String> looksAtJobs(
      TrackerDatabase database, Selection selection, String sql, Map<String, Object> values) {
    return selection
        .ask(database.client(), "EXPLAIN (ANALYZE, TIMING OFF) " + sql, values)
        .map(row -> row.get(0, String.class))
        .all()
        .filter(line -> LOOK.matcher(line).find())
        .map(line ->
            line.contains("never executed") ? "never" : ACTUAL.matcher(line).replaceFirst("$1"))
        .collectList()
        .block();
  }

  private static void add(TrackerDatabase database, int from, List<UUID> types, JobState state) {
    database
        .client()
        .sql(JOBS)
        .bind("types", types.toArray(UUID[]::new))
        .bind("from", from)
        .bind("rank", state.rank())
        .then()
        .block();
  }

  private static void check(TrackerDatabase database, Selection selection, String sql) {
    List<UUID> found =
        selection
            .ask(database.client(), sql, PAGE)
            .map(row -> row.get("configuration_id", UUID.class))
            .all()
            .collectList()
            .block();
    assertThat(found).hasSize(20).isSubsetOf(RARE);
    checkPlan(database, selection, sql);
  }

  private static void checkPlan(TrackerDatabase database, Selection selection, String sql) {
    List<String> plan = explained(database, selection, "EXPLAIN (ANALYZE) " + sql);
    assertThat(plan)
        .flatExtracting(line -> PASSED_OVER.matcher(line).results().toList())
        .extracting(result -> Integer.valueOf(result.group(1)))
        .allMatch(rows -> rows <= MOST_PASSED, String.join("\n", plan));
  }

  private static List<String> explained(TrackerDatabase database, Selection selection, String sql) {
    return selection
        .ask(database.client(), sql, PAGE)
        .map(row -> row.get(0, String.class))
        .all()
        .collectList()
        .block();
  }
}

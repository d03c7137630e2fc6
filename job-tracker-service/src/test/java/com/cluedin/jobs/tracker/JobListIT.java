package com.cluedin.jobs.tracker;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Comparator.nullsLast;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Page;
import com.cluedin.jobs.service.Refusal;
import com.cluedin.jobs.tracker.JobOrder.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/// Lists of any choice in any order, beside plain lists in memory that are chosen and sorted so.
class JobListIT {

  private static final UUID ORGANIZATION = new UUID(0, 1);

  /// Some pages and lists are few then, some many.
  private static final long SOME = 40;

  private static final List<Instant> HOURS =
      List.of(
          Instant.parse("2026-03-02T00:00:00Z"),
          Instant.parse("2026-03-02T23:00:00Z"),
          Instant.parse("2026-03-03T01:00:00Z"),
          Instant.parse("2026-03-13T00:00:00Z"));

  @ParameterizedTest
  @ValueSource(longs = 1)
  void everyPageIsThatPartOfTheWholeList(long seed) {
    RandomStories stories = new RandomStories(seed);
    try (TrackerDatabase database = new TrackerDatabase()) {
      stories.batches(stories.ofJobs(250)).forEach(batch -> database.merge(batch).block());
      database.merge(List.of(stories.ofLongAgo())).block();
      List<Row> rows = rows(database.client());
      assertThat(rows).hasSizeGreaterThan(200);
      Random random = new Random(seed);
      List<JobFilter> filters = filters(rows, random);
      List<JobFilter> ofOrganization = ofOrganizationInSpans(rows);
      assertThat(ofOrganization)
          .filteredOn(filter -> rows.stream().anyMatch(row -> row.isIn(filter)))
          .hasSizeGreaterThan(ofOrganization.size() / 2);
      filters.addAll(ofOrganization);
      for (JobFilter filter : filters) {
        for (By by : By.values()) {
          for (boolean descending : new boolean[] {false, true}) {
            JobOrder order = new JobOrder(by, descending);
            check(rows, filter, order, random, database.jobList(SOME));
            check(rows, filter, order, random, database.jobList(0));
          }
        }
      }
    }
  }

  @Test
  void aPageOfNamesIsFoundInOneStatementOrElseInSeveral() {
    RandomStories stories = new RandomStories(2);
    try (TrackerDatabase database = new TrackerDatabase()) {
      stories.batches(stories.ofJobs(250)).forEach(batch -> database.merge(batch).block());
      List<Row> rows = rows(database.client());
      Jobs jobs = new Jobs(database.client());
      Page first = new Page(0, 4);
      List<Boolean> found = new ArrayList<>();
      for (JobFilter filter : ofNames(rows)) {
        for (long few : new long[] {0, SOME}) {
          check(rows, filter, JobOrder.NEWEST_FIRST, new Random(3), database.jobList(few));
        }
        Jobs.Part part = jobs.named(filter, first, SOME).block();
        if (part.total() > 0) {
          found.add(part.isWhole(first));
        }
      }
      assertThat(found).contains(true, false);
    }
  }

  private static List<JobFilter> ofNames(List<Row> rows) {
    Row row = rows.stream().filter(it -> it.configurationName != null).findFirst().orElseThrow();
    return Stream.of(
            JobTypeFilter.of("hUBsPOT 1", null, null, null, null),
            JobTypeFilter.of(null, row.name, null, null, null),
            JobTypeFilter.of(null, null, row.configurationName, null, null))
        .flatMap(jobTypes ->
            Stream.of(
                    EnumSet.allOf(JobState.class),
                    EnumSet.of(JobState.FAILED),
                    EnumSet.of(JobState.COMPLETED),
                    EnumSet.of(JobState.FAILED, JobState.COMPLETED))
                .flatMap(states ->
                    Stream.of(new UUID[] {null, ORGANIZATION})
                        .map(of -> new JobFilter(of, jobTypes, states, Span.ALWAYS))))
        .toList();
  }

  @Test
  void namesAreFoundAndPutInOrderHoweverLongTheyAre() {
    UUID id = new UUID(0, 7);
    String name = chinese(500);
    try (TrackerDatabase database = new TrackerDatabase()) {
      JobQueued queued =
          new JobQueued(
              JobIds.ofRequest(HOURS.get(1)),
              new JobTypeId(id, id, id),
              id,
              name,
              chinese(500),
              "default",
              null,
              null,
              null,
              null,
              1,
              HOURS.get(1));
      database.merge(List.of(queued)).block();

      JobTypeFilter search = JobTypeFilter.of(name.substring(300, 350), null, null, null, null);
      for (By by : By.values()) {
        JobFilter filter = new JobFilter(null, search, EnumSet.allOf(JobState.class), Span.ALWAYS);
        assertThat(
                database
                    .jobList(SOME)
                    .list(filter, new JobOrder(by, true), new Page(0, 2))
                    .block()
                    .jobs())
            .hasSize(1);
      }
    }
  }

  /// Of three bytes each, and too much of a muddle to be compressed.
  private static String chinese(int characters) {
    return new Random(characters)
        .ints(characters, 0x4E00, 0x9F00)
        .mapToObj(Character::toString)
        .collect(joining());
  }

  @Test
  void aListThatTakesTooLongIsRefused() {
    try (TrackerDatabase database = new TrackerDatabase()) {
      Mono<Void> endless = database.client().sql("SELECT pg_sleep(60)").then();
      assertThatThrownBy(() -> database.snapshot().of(endless, "Ask less.").block())
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.getStatusCode().value()).isEqualTo(503))
          .hasMessageContaining("took longer than 5 s to read. Ask less.");
    }
  }

  private static void check(
      List<Row> rows, JobFilter filter, JobOrder order, Random random, JobList list) {
    List<UUID> whole =
        rows.stream().filter(row -> row.isIn(filter)).sorted(by(order)).map(Row::id).toList();
    int take = 1 + random.nextInt(random.nextBoolean() ? 40 : 4);
    List<Integer> pages = new ArrayList<>(List.of(0, 1, whole.size() / take));
    pages.add(random.nextInt(whole.size() / take + 2));
    for (int page : pages) {
      Jobs.Part part = list.list(filter, order, new Page(page, take)).block();
      assertThat(part.total()).as("%s", filter).isEqualTo(whole.size());
      assertThat(part.jobs().stream().map(JobView::id))
          .as("%s by %s, page %d by %d", filter, order, page, take)
          .containsExactlyElementsOf(
              whole.subList(
                  Math.min(page * take, whole.size()), Math.min((page + 1) * take, whole.size())));
    }
  }

  /// Some of each sort, put together at random.
  private static List<JobFilter> filters(List<Row> rows, Random random) {
    List<JobFilter> filters = new ArrayList<>();
    for (UUID organization : Arrays.asList(null, ORGANIZATION)) {
      filters.add(new JobFilter(organization, (UUID) null, EnumSet.allOf(JobState.class)));
    }
    for (int i = 0; i < 24; i++) {
      Row row = rows.get(random.nextInt(rows.size()));
      List<JobState> states = new ArrayList<>(List.of(JobState.values()));
      Collections.shuffle(states, random);
      Instant from = random.nextInt(3) > 0 ? null : HOURS.get(random.nextInt(3));
      Instant to = random.nextInt(3) > 0 ? null : HOURS.get(1 + random.nextInt(3));
      filters.add(
          new JobFilter(
              random.nextInt(3) == 0 ? ORGANIZATION : null,
              jobTypes(row, random.nextInt(i < 4 ? 1 : 8), random),
              random.nextBoolean()
                  ? EnumSet.allOf(JobState.class)
                  : EnumSet.copyOf(states.subList(0, 1 + random.nextInt(3))),
              new Span(from, to)));
    }
    return filters;
  }

  /// Each sort of job types with each sort of span: edges alone, and full days with an edge.
  private static List<JobFilter> ofOrganizationInSpans(List<Row> rows) {
    Row row =
        rows.stream()
            .filter(one -> one.jobType().organizationId().equals(ORGANIZATION))
            .max(comparing(Row::queuedAt))
            .orElseThrow();
    return Stream.of(
            JobTypeFilter.ANY,
            JobTypeFilter.of(null, row.name, null, null, null),
            JobTypeFilter.of(null, null, null, null, row.jobType().toString()))
        .flatMap(jobTypes ->
            Stream.of(
                    new Span(HOURS.get(0), HOURS.get(1)),
                    new Span(HOURS.get(1), HOURS.get(2)),
                    new Span(null, HOURS.get(2)),
                    new Span(HOURS.get(1), null))
                .map(span ->
                    new JobFilter(ORGANIZATION, jobTypes, EnumSet.allOf(JobState.class), span)))
        .toList();
  }

  private static JobTypeFilter jobTypes(Row row, int kind, Random random) {
    JobTypeFilter any = JobTypeFilter.ANY;
    return switch (kind) {
      case 1 -> JobTypeFilter.of("hUBsPOT " + random.nextInt(3), null, null, null, null);
      case 2 -> JobTypeFilter.of("_%", null, null, null, null);
      case 3 -> JobTypeFilter.of(null, row.name, null, null, null);
      case 4 -> JobTypeFilter.of("i", null, row.configurationName, null, null);
      case 5 -> JobTypeFilter.ofConfiguration(row.jobType().configurationId());
      case 6 -> JobTypeFilter.of(null, null, null, null, row.jobType().toString());
      case 7 -> JobTypeFilter.ofConfiguration(UUID.randomUUID());
      default -> any;
    };
  }

  private static Comparator<Row> by(JobOrder order) {
    Comparator<Row> newest = comparing(Row::queuedAt).thenComparing(Row::id, JobListIT::unsigned);
    Comparator<Row> oneWay =
        switch (order.by()) {
          case NAME -> named(Row::name, order.descending());
          case CONFIGURATION -> named(Row::configurationName, order.descending());
          case STATUS -> comparing(Row::state);
          case QUEUED -> newest;
          case CLUES -> comparing(Row::progress).thenComparing(Row::id, JobListIT::unsigned);
          case STARTED ->
              comparing(Row::startedAt, nullsFirst(naturalOrder()))
                  .thenComparing(Row::id, JobListIT::unsigned);
          case FINISHED ->
              comparing(Row::finishedAt, nullsFirst(naturalOrder()))
                  .thenComparing(Row::id, JobListIT::unsigned);
        };
    return switch (order.by()) {
      case NAME ->
          oneWay
              .thenComparing(named(Row::configurationName, false))
              .thenComparing(Row::jobType, JobListIT::byParts)
              .thenComparing(newest.reversed());
      case CONFIGURATION ->
          oneWay
              .thenComparing(named(Row::name, false))
              .thenComparing(Row::jobType, JobListIT::byParts)
              .thenComparing(newest.reversed());
      case STATUS ->
          (order.descending() ? oneWay.reversed() : oneWay).thenComparing(newest.reversed());
      default -> order.descending() ? oneWay.reversed() : oneWay;
    };
  }

  private static Comparator<Row> named(Function<Row, @Nullable String> name, boolean descending) {
    Comparator<String> order =
        comparing((String text) -> text.toLowerCase(Locale.ROOT), Text.BY_BYTES);
    return comparing(name, nullsLast(descending ? order.reversed() : order));
  }

  private static int byParts(JobTypeId one, JobTypeId other) {
    return Comparator.comparing(JobTypeId::configurationId, JobListIT::unsigned)
        .thenComparing(JobTypeId::organizationId, JobListIT::unsigned)
        .thenComparing(JobTypeId::providerId, JobListIT::unsigned)
        .compare(one, other);
  }

  /// As PostgreSQL compares them.
  private static int unsigned(UUID one, UUID other) {
    return one.toString().compareTo(other.toString());
  }

  private static List<Row> rows(DatabaseClient database) {
    return database
        .sql(
            """
            SELECT job.*, job_type.name AS known_name,
              job_type.configuration_name AS known_configuration_name
            FROM job JOIN job_type USING (configuration_id, organization_id, provider_id)
            WHERE job.queued_at IS NOT NULL
            """)
        .map(row ->
            new Row(
                Rows.job(row),
                row.get("known_name", String.class),
                row.get("known_configuration_name", String.class)))
        .all()
        .collectList()
        .block();
  }

  private record Row(Job job, String name, @Nullable String configurationName) {

    UUID id() {
      return job.id();
    }

    JobTypeId jobType() {
      return job.queued().jobTypeId();
    }

    JobState state() {
      return job.newestRun().state();
    }

    Instant queuedAt() {
      return job.queued().at();
    }

    long progress() {
      return job.newestRun().progress();
    }

    @Nullable Instant startedAt() {
      return job.newestRun().startedAt();
    }

    @Nullable Instant finishedAt() {
      return job.newestRun().finishedAt();
    }

    boolean isIn(JobFilter filter) {
      JobTypeFilter wanted = filter.jobTypes();
      Instant from = filter.span().from();
      Instant to = filter.span().to();
      return filter.states().contains(state())
          && (filter.organization() == null
              || filter.organization().equals(jobType().organizationId()))
          && (from == null || !queuedAt().isBefore(from))
          && (to == null || queuedAt().isBefore(to))
          && (wanted.connector() == null || wanted.connector().equals(name))
          && (wanted.configurationName() == null
              || wanted.configurationName().equals(configurationName))
          && (wanted.configuration() == null
              || wanted.configuration().equals(jobType().configurationId()))
          && (wanted.jobType() == null || wanted.jobType().equals(jobType()))
          && (contains(name, wanted.search()) || contains(configurationName, wanted.search()));
    }

    private static boolean contains(@Nullable String text, String search) {
      return text != null
          && text.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
    }
  }
}

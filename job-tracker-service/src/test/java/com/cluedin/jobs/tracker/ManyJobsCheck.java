package com.cluedin.jobs.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.service.Page;
import com.cluedin.jobs.tracker.JobOrder.By;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/// Measures every list where there are a million jobs. Takes a minute or two and prints a table, so
/// it runs when it is asked for: `mvn verify -pl job-tracker-service -am -Dit.test=ManyJobsCheck`.
class ManyJobsCheck {

  private static final UUID LARGE = new UUID(0, 1);
  private static final UUID SMALL = new UUID(0, 5);
  private static final int TAKE = 20;
  private static final int TIMES = 5;

  private final Map<String, Long> slow = new LinkedHashMap<>();

  @Test
  void firstAndLastPagesComeAtOnce() throws IOException {
    try (TrackerDatabase database = new TrackerDatabase();
        InputStream load = getClass().getResourceAsStream("/many-jobs.sql")) {
      database.execute(new String(requireNonNull(load).readAllBytes(), UTF_8));
      database.execute("VACUUM ANALYZE");
      JobList list = database.jobList(JobList.FEW);
      System.out.println("| jobs | sort | of | first | last | middle |\n|---|---|---|---|---|---|");
      filters()
          .forEach((name, filter) -> {
            for (By by : By.values()) {
              for (boolean descending : new boolean[] {false, true}) {
                measure(list, name, filter, new JobOrder(by, descending));
              }
            }
          });
      others(database);
    }
    assertThat(slow).isEmpty();
  }

  private void measure(JobList list, String name, JobFilter filter, JobOrder order) {
    Function<Integer, Jobs.Part> page =
        number -> requireNonNull(list.list(filter, order, new Page(number, TAKE)).block());
    long total = page.apply(0).total();
    int last = (int) (Math.max(0, total - 1) / TAKE);
    String row = "%s | %s%s".formatted(name, order.descending() ? "-" : "", order.by());
    System.out.printf(
        "| %s | %d | %d | %d | %d |%n",
        row,
        total,
        millis(row, () -> page.apply(0)),
        millis(row, () -> page.apply(last)),
        millis("", () -> page.apply(last / 2)));
  }

  private void others(TrackerDatabase database) {
    Map<String, Mono<?>> others = new LinkedHashMap<>();
    List<JobTypeId> hundred = jobTypes(database);
    Clock theirs = Clock.fixed(Instant.parse("2026-04-12T00:00:00Z"), ZoneOffset.UTC);
    FailingStreaks streaks = new FailingStreaks(database.client(), theirs);
    others.put("runs of 100", new RecentRuns(database.client()).of(hundred, null));
    others.put("streaks", streaks.find(null).collectList());
    others.put("streaks of one", streaks.find(SMALL).collectList());
    others.put("agents", new Agents(database.client()).atWork(null).collectList());
    others.put("histogram", new Histogram(database.client(), Clock.systemUTC()).ofLast(168, null));
    JobTypeSearch known = new JobTypeSearch(database.client());
    others.put("configurations", known.configurations(null, "1", 1_000).collectList());
    others.put("connectors", known.connectors(null));
    others.forEach(
        (name, answer) -> System.out.printf("| %s | %d |%n", name, millis(name, answer::block)));
  }

  private static List<JobTypeId> jobTypes(TrackerDatabase database) {
    return database
        .query(
            """
            SELECT configuration_id || '|' || organization_id || '|' || provider_id
            FROM tracker.job_type ORDER BY 1 LIMIT 100
            """)
        .stream()
        .map(JobTypeId::parse)
        .toList();
  }

  private long millis(String row, Runnable question) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      long begin = System.nanoTime();
      question.run();
      times.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }
    long median = times.stream().sorted().toList().get(TIMES / 2);
    if (median >= 1_000 && !row.isEmpty()) {
      slow.merge(row, median, Math::max);
    }
    return median;
  }

  private static Map<String, JobFilter> filters() {
    EnumSet<JobState> all = EnumSet.allOf(JobState.class);
    EnumSet<JobState> failed = EnumSet.of(JobState.FAILED);
    JobTypeFilter any = JobTypeFilter.ANY;
    JobTypeFilter hubSpot = named("HubSpot");
    JobTypeId divided = new JobTypeId(new UUID(0, 20), LARGE, new UUID(0, 1));
    Span week = Span.of("2026-03-10T05:00:00Z", "2026-03-17T07:00:00Z");
    Map<String, JobFilter> filters = new LinkedHashMap<>();
    filters.put("all", new JobFilter(null, any, all, Span.ALWAYS));
    filters.put("failed", new JobFilter(null, any, failed, Span.ALWAYS));
    filters.put("executing", new JobFilter(null, any, EnumSet.of(JobState.EXECUTING), Span.ALWAYS));
    filters.put("large organization", new JobFilter(LARGE, any, all, Span.ALWAYS));
    filters.put("small organization", new JobFilter(SMALL, any, all, Span.ALWAYS));
    filters.put("connector", new JobFilter(null, hubSpot, all, Span.ALWAYS));
    filters.put("connector, failed", new JobFilter(null, hubSpot, failed, Span.ALWAYS));
    filters.put("connector of many clues", new JobFilter(null, named("Zendesk"), all, Span.ALWAYS));
    filters.put("search: half of all", new JobFilter(null, found("s"), all, Span.ALWAYS));
    filters.put("search: one", new JobFilter(null, found("account 77"), all, Span.ALWAYS));
    filters.put("search: none", new JobFilter(null, found("nobody"), all, Span.ALWAYS));
    filters.put(
        "configuration",
        new JobFilter(null, JobTypeFilter.ofConfiguration(new UUID(0, 2)), all, Span.ALWAYS));
    filters.put(
        "one of two job types",
        new JobFilter(null, new JobTypeFilter("", null, null, null, divided), all, Span.ALWAYS));
    filters.put("a week", new JobFilter(null, any, all, week));
    filters.put("a week, large organization", new JobFilter(LARGE, any, all, week));
    filters.put("a week, connector", new JobFilter(null, hubSpot, all, week));
    filters.put("a week, search: half", new JobFilter(LARGE, found("s"), failed, week));
    return filters;
  }

  private static JobTypeFilter named(@Nullable String connector) {
    return new JobTypeFilter("", connector, null, null, null);
  }

  private static JobTypeFilter found(String search) {
    return new JobTypeFilter(search, null, null, null, null);
  }
}

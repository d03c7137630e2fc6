package com.cluedin.jobs.tracker;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobStateCount;
import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReadModelIT {

  private static final UUID ORGANIZATION = new UUID(0, 1);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /// Of a list some pages are near its end then, some far.
  private static final long SOME = 40;

  private final List<TrackerDatabase> databases = new ArrayList<>();

  @AfterEach
  void close() {
    databases.forEach(TrackerDatabase::close);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderDuplicationAndBatchingGiveTheSameRowsAndTallies(long seed) {
    RandomStories stories = new RandomStories(seed);
    List<JobEvent> told = stories.ofJobs(150);
    TrackerDatabase atOnce = database();
    TrackerDatabase bitByBit = database();

    mergeAll(atOnce, List.of(told));
    mergeAll(bitByBit, stories.batches(stories.garbled(told)));

    assertThat(bitByBit.rows("job")).hasSize(150).isEqualTo(atOnce.rows("job"));
    assertThat(bitByBit.rows("earlier_run")).isNotEmpty().isEqualTo(atOnce.rows("earlier_run"));
    assertThat(bitByBit.rows("job_type")).hasSize(8).isEqualTo(atOnce.rows("job_type"));
    assertThat(bitByBit.tallies()).isEqualTo(bitByBit.countedTallies());
    assertThat(atOnce.tallies()).isEqualTo(atOnce.countedTallies());
  }

  @Test
  void trackersSideBySideNeitherDeadlockNorMiscount() {
    RandomStories stories = new RandomStories(42);
    List<JobEvent> told = stories.ofJobs(300);
    TrackerDatabase alone = database();
    TrackerDatabase shared = database();

    mergeAll(alone, List.of(told));
    Flux.fromIterable(stories.batches(stories.garbled(told))).flatMap(shared::merge, 8).blockLast();

    assertThat(shared.rows("job")).isEqualTo(alone.rows("job"));
    assertThat(shared.rows("earlier_run")).isEqualTo(alone.rows("earlier_run"));
    assertThat(shared.rows("job_type")).isEqualTo(alone.rows("job_type"));
    assertThat(shared.tallies()).isEqualTo(shared.countedTallies());
  }

  @Test
  void everyPageOfEveryFilterIsThatPartOfTheSortedList() {
    RandomStories stories = new RandomStories(7);
    TrackerDatabase database = database();
    mergeAll(database, stories.batches(stories.ofJobs(400)));
    List<@Nullable UUID> configurations = new ArrayList<>();
    configurations.add(null);
    database
        .query(
            "SELECT DISTINCT configuration_id::text FROM tracker.job WHERE queued_at IS NOT NULL")
        .forEach(id -> configurations.add(UUID.fromString(id)));

    for (@Nullable UUID organization : new UUID[] {null, ORGANIZATION}) {
      for (UUID configuration : configurations) {
        for (JobState state : JobState.values()) {
          checkPages(database, new JobFilter(organization, configuration, EnumSet.of(state)));
        }
        checkPages(
            database, new JobFilter(organization, configuration, EnumSet.allOf(JobState.class)));
      }
    }
  }

  @Test
  void countsAreTheLengthsOfTheLists() {
    TrackerDatabase database = database();
    mergeAll(database, List.of(new RandomStories(3).ofJobs(200)));
    Jobs jobs = new Jobs(database.client());
    JobList list = database.jobList(JobList.FEW);

    for (@Nullable UUID organization : new UUID[] {null, ORGANIZATION}) {
      JobStateCount count = jobs.count(organization).block();
      assertThat(
              List.of(
                  count.queued(),
                  count.executing(),
                  count.cancelled(),
                  count.failed(),
                  count.completed()))
          .isEqualTo(
              Arrays.stream(JobState.values())
                  .map(state ->
                      list.list(
                              new JobFilter(organization, null, EnumSet.of(state)),
                              JobOrder.NEWEST_FIRST,
                              new Page(0, 1_000))
                          .block()
                          .jobs()
                          .size())
                  .map(Long::valueOf)
                  .toList());
    }
    assertThat(jobs.count(UUID.randomUUID()).block()).isEqualTo(new JobStateCount(0, 0, 0, 0, 0));
  }

  @Test
  void theRowsAreWhatTheFactsMergeTo() {
    RandomStories stories = new RandomStories(11);
    List<JobEvent> told = stories.ofJobs(200);
    TrackerDatabase database = database();
    mergeAll(database, stories.batches(stories.garbled(told)));
    Jobs jobs = new Jobs(database.client());

    JobFactsTest.fold(told).values().stream()
        .filter(facts -> facts.queued() != null)
        .forEach(facts -> {
          Job job = jobs.find(facts.jobId(), null).block();
          assertThat(job.newestRun()).isEqualTo(facts.newestRun());
          assertThat(job.wish()).isEqualTo(facts.wish());
          assertThat(job.alarmRaisedAt()).isEqualTo(facts.alarmRaisedAt());
          assertThat(job.queued().longestRun()).isEqualTo(facts.queued().longestRun());
          assertThat(job.queued().requestedBy()).isEqualTo(facts.queued().requestedBy());
          assertThat(
                  database.query(
                      """
                      SELECT concat_ws(' ', attempt, rank, progress, agent, remark)
                      FROM tracker.earlier_run WHERE job_id = '%s' ORDER BY attempt
                      """
                          .formatted(facts.jobId())))
              .containsExactlyElementsOf(
                  facts.earlierRuns().stream().map(ReadModelIT::inWords).toList());
        });
  }

  private static String inWords(RunFacts run) {
    return Stream.of(run.attempt(), run.state().rank(), run.progress(), run.agent(), run.remark())
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .collect(joining(" "));
  }

  @Test
  void aBatchThatAnotherHasReadMeanwhileIsNotReadAgain() {
    TrackerDatabase database = database();
    Positions positions = new Positions(database.client(), database.transaction());
    UUID job = JobIds.ofRequest(NOW);
    List<ConsumerRecord<String, JobEvent>> records =
        IntStream.range(0, 6)
            .mapToObj(i ->
                new ConsumerRecord<String, JobEvent>(
                    "job-events", 3, i, "x", new JobStarted(job, 1 + i, "agent", NOW)))
            .toList();
    List<Integer> offered = new ArrayList<>();

    for (List<ConsumerRecord<String, JobEvent>> batch :
        List.of(
            records.subList(0, 4),
            records.subList(0, 4),
            records.subList(2, 6),
            records.subList(0, 3))) {
      positions
          .once(
              batch,
              isNew -> {
                List<ConsumerRecord<String, JobEvent>> fresh =
                    batch.stream().filter(isNew).toList();
                offered.add(fresh.size());
                return database.merge(fresh.stream().map(ConsumerRecord::value).toList());
              })
          .block();
    }

    assertThat(offered).containsExactly(4, 0, 2, 0);
    assertThat(database.rows("job_event")).hasSize(6);
    assertThat(positions.all().block()).isEqualTo(Map.of(new TopicPartition("job-events", 3), 6L));
  }

  @Test
  void thePositionStaysWhereItWasWhenTheRowsAreNotKept() {
    TrackerDatabase database = database();
    Positions positions = new Positions(database.client(), database.transaction());
    List<ConsumerRecord<String, String>> batch =
        List.of(new ConsumerRecord<>("job-events", 3, 17, "x", "y"));

    assertThatThrownBy(
            () -> positions.once(batch, _ -> Mono.error(new IllegalStateException("full"))).block())
        .hasMessage("full");

    assertThat(positions.all().block()).isEmpty();
  }

  @Test
  void ofProgressOnlyWhatComesTooLateIsKept() {
    TrackerDatabase database = database();
    UUID job = JobIds.ofRequest(NOW);
    mergeAll(
        database,
        List.of(
            List.of(new JobStarted(job, 1, "a", NOW), new JobProgressed(job, 1, 1, NOW)),
            List.of(new JobProgressed(job, 1, 2, NOW)),
            List.of(new JobStarted(job, 2, "b", NOW), new JobProgressed(job, 1, 3, NOW)),
            List.of(
                new JobProgressed(job, 1, 4, NOW),
                new JobProgressed(job, 2, 5, NOW),
                new JobProgressed(job, 1, 6, NOW)),
            List.of(new JobCompleted(job, 2, 7, NOW))));

    assertThat(database.query("SELECT words FROM tracker.job_event WHERE kind = 3 ORDER BY words"))
        .containsExactly("3 clues", "6 clues");
    assertThat(database.rows("job_event")).hasSize(5);
  }

  @Test
  void aRunIsListedOnceThoughALaterOneBeginsMeanwhile() {
    TrackerDatabase database = database();
    Jobs jobs = new Jobs(database.client());
    List<JobEvent> told = new RandomStories(5).ofJobs(20);
    mergeAll(database, List.of(told));
    UUID id =
        told.stream()
            .filter(JobQueued.class::isInstance)
            .map(JobEvent::jobId)
            .findFirst()
            .orElseThrow();
    Job found = jobs.find(id, null).block();
    int newest = found.newestRun().attempt();

    mergeAll(database, List.of(List.of(new JobStarted(id, newest + 1, "heir", NOW))));

    assertThat(jobs.runs(jobs.find(id, null).block()).block())
        .extracting(JobRunView::attempt)
        .contains(newest, newest + 1)
        .doesNotHaveDuplicates();
    assertThat(jobs.runs(found).block())
        .extracting(JobRunView::attempt)
        .contains(newest)
        .allMatch(attempt -> attempt <= newest)
        .doesNotHaveDuplicates();
  }

  private TrackerDatabase database() {
    TrackerDatabase database = new TrackerDatabase();
    databases.add(database);
    return database;
  }

  private static void checkPages(TrackerDatabase database, JobFilter filter) {
    List<String> whole =
        database.query(
            """
            SELECT id::text FROM tracker.job
            WHERE queued_at IS NOT NULL AND rank IN (%s) %s %s
            ORDER BY queued_at DESC, id DESC
            """
                .formatted(
                    String.join(",", filter.states().stream().map(s -> "" + s.rank()).toList()),
                    filter.organization() == null
                        ? ""
                        : "AND organization_id = '" + filter.organization() + "'",
                    filter.configuration() == null
                        ? ""
                        : "AND configuration_id = '" + filter.configuration() + "'"));
    for (int take : new int[] {1, 7, 1_000}) {
      for (long few : new long[] {0, SOME}) {
        checkPages(database.jobList(few), filter, take, whole);
      }
    }
  }

  private static void checkPages(JobList list, JobFilter filter, int take, List<String> whole) {
    List<String> paged = new ArrayList<>();
    List<JobView> part;
    int page = 0;
    do {
      Jobs.Part answer = list.list(filter, JobOrder.NEWEST_FIRST, new Page(page++, take)).block();
      assertThat(answer.total()).isEqualTo(whole.size());
      part = answer.jobs();
      part.forEach(job -> paged.add(job.id().toString()));
    } while (!part.isEmpty() && (take > 1 || page < 40));
    assertThat(whole.subList(0, paged.size())).as("%s by %d", filter, take).isEqualTo(paged);
    assertThat(take == 1 || paged.size() == whole.size()).isTrue();
  }

  private static void mergeAll(TrackerDatabase database, List<List<JobEvent>> batches) {
    Flux.fromIterable(batches).concatMap(database::merge).blockLast();
  }
}

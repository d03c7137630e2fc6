package com.cluedin.jobs.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import com.cluedin.jobs.stack.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two trackers side by side, as processes, on real Kafka and PostgreSQL.
class TrackerIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Backing BACKING = Backing.shared();

  private static final String NOT_YET_SAID =
      """
      SELECT id FROM tracker.job WHERE queued_at IS NOT NULL AND rank = 1 AND NOT EXISTS (
        SELECT FROM tracker.job_event WHERE job_id = id AND about = job.heard_at)
      """;
  private static final String HISTORY = "SELECT e::text FROM tracker.job_event AS e ORDER BY 1";

  private static TrackerDatabase database;
  private static ServiceProcess first;
  private static ServiceProcess second;
  private static KafkaProducer<String, Event> events;

  @BeforeAll
  static void start() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()))) {
      Topics.ensure(
          admin,
          Duration.ofSeconds(30),
          List.of(
              Topics.jobQueue("default"),
              Topics.JOB_EVENTS,
              Topics.JOB_ABANDONMENTS,
              Topics.SCHEDULE_DECISIONS,
              Topics.SPENT_JOBS));
    }
    database = new TrackerDatabase();
    first = start("tracker-1");
    second = start("tracker-2");
    events =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()),
            new StringSerializer(),
            new EventSerializer());
    await().atMost(Duration.ofMinutes(2)).until(() -> first.isReady() && second.isReady());
  }

  @AfterAll
  static void stop() {
    events.close();
    first.close();
    second.close();
    database.close();
  }

  @Test
  void showsAJobOnItsWay() {
    JobQueued job = queue();
    JsonNode queued = await().until(() -> shown(job), found -> found != null);
    assertThat(queued.propertyNames())
        .containsExactly(
            "Id",
            "JobRunId",
            "Job",
            "ConfigurationName",
            "Progress",
            "Status",
            "QueuedAt",
            "StartedAt",
            "FinishedAt");
    assertThat(queued.get("Id").asString()).isEqualTo(job.jobId().toString());
    assertThat(queued.get("JobRunId").asString()).isEqualTo(JobIds.run(job.jobId(), 1).toString());
    assertThat(queued.get("Status").asString()).isEqualTo("Queued");
    assertThat(queued.get("QueuedAt").asString()).endsWith("+00:00");
    assertThat(queued.get("StartedAt").isNull()).isTrue();

    tell(new JobStarted(job.jobId(), 1, "agent-1", Instant.now()));
    tell(new JobProgressed(job.jobId(), 1, 710, Instant.now()));
    awaitStatus(job, "Executing");
    await().until(() -> shown(job).get("Progress").asLong() == 710);

    tell(new JobCompleted(job.jobId(), 1, 1_077, Instant.now()));
    awaitStatus(job, "Completed");
    assertThat(shown(job).get("FinishedAt").isNull()).isFalse();
  }

  @Test
  void showsTheNewestRunAndKeepsTheOthers() {
    JobQueued job = queue();
    tell(new JobStarted(job.jobId(), 2, "heir", Instant.now()));
    tell(new JobStarted(job.jobId(), 1, "doomed", Instant.now()));
    tell(new JobCompleted(job.jobId(), 2, 3, Instant.now()));
    awaitStatus(job, "Completed");

    JsonNode runs =
        await().until(() -> json(first.get("/job-runs?id=" + job.jobId())), all -> all.size() == 2);
    assertThat(runs.get(0).get("Status").asString()).isEqualTo("Lost");
    assertThat(runs.get(0).get("Agent").asString()).isEqualTo("doomed");
    assertThat(runs.get(1).get("Status").asString()).isEqualTo("Completed");
    assertThat(json(second.get("/job-runs?id=" + JobIds.run(job.jobId(), 2)))).isEqualTo(runs);
    assertThat(first.get("/job-runs?id=" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(first.get("/job-runs?id=nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void abandonsAQueuedJobAtOnce() {
    JobQueued job = queue();
    awaitStatus(job, "Queued");

    HttpResponse<String> answer = abandon(first, job.jobId(), JobIds.run(job.jobId(), 1));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("Status").asString()).isEqualTo("Cancelled");
    assertThat(shown(job).get("Status").asString()).isEqualTo("Cancelled");
    assertThat(abandon(second, job.jobId(), JobIds.run(job.jobId(), 1)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void cancelsAnExecutingJobWhenItsAgentConfirmsOrIsSilent() {
    JobQueued confirmed = queue();
    JobQueued silent = queue();
    for (JobQueued job : List.of(confirmed, silent)) {
      tell(new JobStarted(job.jobId(), 1, "agent-1", Instant.now()));
      awaitStatus(job, "Executing");
      HttpResponse<String> answer = abandon(first, job.jobId(), JobIds.run(job.jobId(), 1));
      assertThat(json(answer).get("Status").asString()).isEqualTo("Cancelling");
    }
    tell(new JobCancelled(confirmed.jobId(), 1, 5, "abandoned", "agent-1", Instant.now()));

    awaitStatus(confirmed, "Cancelled");
    await()
        .atMost(Duration.ofSeconds(2 + 5)) // the lease and five seconds
        .until(() -> shown(silent).get("Status").asString().equals("Cancelled"));
    assertThat(json(second.get("/job-runs?id=" + silent.jobId())).get(0).get("Error").asString())
        .contains("silent");
  }

  @Test
  void refusesToAbandonWhatIsNotThereOrHasEnded() {
    JobQueued job = queue();
    UUID run = JobIds.run(job.jobId(), 1);
    tell(new JobCompleted(job.jobId(), 1, 1, Instant.now()));
    awaitStatus(job, "Completed");

    HttpResponse<String> ended = abandon(first, job.jobId(), run);
    assertThat(ended.statusCode()).isEqualTo(409);
    assertThat(json(ended).get("detail").asString()).contains("completed");
    assertThat(ended.body()).containsOnlyOnce("\"status\":").contains("\"status\":409");
    assertThat(abandon(first, UUID.randomUUID(), run).statusCode()).isEqualTo(404);
    assertThat(abandon(first, job.jobId(), JobIds.run(job.jobId(), 2)).statusCode()).isEqualTo(404);
    assertThat(abandon(first, job.jobId(), job.jobId()).statusCode()).isEqualTo(404);
    assertThat(abandon(first, job.jobId(), "").statusCode()).isEqualTo(400);
    assertThat(json(abandon(first, "nonsense", run)).get("detail").asString())
        .contains("jobId must be a Guid");
  }

  @Test
  void failsAJobThatWasHandedOutTooOften() throws Exception {
    JobQueued job = queue();
    for (int attempt = 1; attempt <= 5; attempt++) {
      tell(new JobStarted(job.jobId(), attempt, "doomed-" + attempt, Instant.now()));
    }
    await()
        .untilAsserted(() -> assertThat(json(first.get("/job-runs?id=" + job.jobId()))).hasSize(5));

    giveUp(job);

    awaitStatus(job, "Failed");
    assertThat(failureOf(job).permanent()).isTrue();
    JsonNode runs = json(first.get("/job-runs?id=" + job.jobId()));
    assertThat(runs).hasSize(5);
    assertThat(runs.get(3).get("Status").asString()).isEqualTo("Lost");
    assertThat(runs.get(4).get("Status").asString()).isEqualTo("Failed");
    assertThat(runs.get(4).toString()).contains("handed out 5 times");
  }

  @Test
  void failsForGoodAJobThatKillsAgentsBeforeTheySayThatItBegan() throws Exception {
    JobQueued job = queue();
    awaitStatus(job, "Queued");

    giveUp(job);

    awaitStatus(job, "Failed");
    assertThat(failureOf(job).permanent()).isTrue();
  }

  @Test
  void failsForNowAJobThatWasHandedOutTooOftenThroughTheDeathOfOneAgent() throws Exception {
    JobQueued job = queue();
    tell(new JobStarted(job.jobId(), 1, "doomed", Instant.now()));
    awaitStatus(job, "Executing");

    giveUp(job);

    awaitStatus(job, "Failed");
    assertThat(failureOf(job).permanent()).isFalse();
  }

  @Test
  void tellsWhatBecameOfEachOccurrence() {
    JobTypeId jobType = job(UUID.randomUUID()).jobTypeId();
    Instant noon = Instant.parse("2026-03-02T12:00:00Z");
    UUID jobId = JobIds.ofOccurrence(jobType, noon);
    tell(decided(jobType, noon, Decision.FIRED, jobId));
    tell(decided(jobType, noon, Decision.FIRED, jobId)); // nothing is told twice
    for (int i = 1; i <= 20; i++) {
      tell(decided(jobType, noon.plusSeconds(i), Decision.SKIPPED_PAUSED, null));
    }
    String path = "/decisions?jobType=" + jobType.toString().replace("|", "%7C");
    JsonNode all = await().until(() -> json(first.get(path)), decisions -> decisions.size() == 21);
    assertThat(all.get(0).propertyNames())
        .containsExactly(
            "ScheduledFor", "Decision", "Late", "JobId", "Overlaps", "Note", "DecidedAt");
    assertThat(all.get(0).get("Decision").asString()).isEqualTo("skipped-paused");
    assertThat(all.get(20).get("JobId").asString()).isEqualTo(jobId.toString());
    JsonNode page = json(second.get(path + "&take=2&before=2026-03-02T12:00:02Z"));
    assertThat(page).hasSize(2);
    assertThat(page.get(0).get("ScheduledFor").asString()).isEqualTo("2026-03-02T12:00:01Z");
    assertThat(first.get(path + "&take=0").statusCode()).isEqualTo(400);
    assertThat(first.get("/decisions?jobType=nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsHowItGoesAtLarge() {
    JobQueued job = queue();
    tell(new JobStarted(job.jobId(), 1, "agent-at-large", Instant.now()));
    awaitStatus(job, "Executing");

    JsonNode agents = json(first.get("/agents"));
    assertThat(agents)
        .filteredOn(agent -> agent.get("Agent").asString().equals("agent-at-large"))
        .singleElement()
        .satisfies(agent -> {
          assertThat(agent.propertyNames())
              .containsExactly("Agent", "Jobs", "LastHeardAt", "Silent");
          assertThat(agent.get("Jobs").asLong()).isEqualTo(1);
          assertThat(agent.get("LastHeardAt").asString()).endsWith("+00:00");
        });
    JsonNode hours = json(first.get("/jobs/histogram?hours=2"));
    assertThat(hours).hasSize(2);
    assertThat(hours.get(1).propertyNames())
        .containsExactly("From", "Completed", "Executing", "Failed", "Queued", "Cancelled");
    assertThat(json(second.get("/jobs/histogram"))).hasSize(24);
    for (int i = 0; i < 3; i++) {
      JobQueued failed = queue(job.jobTypeId().configurationId());
      tell(new JobFailed(failed.jobId(), 1, 0, "broken", true, Instant.now()));
    }
    String id = job.jobTypeId().toString();
    await()
        .untilAsserted(() ->
            assertThat(json(first.get("/jobs/attention")).get("FailingStreaks"))
                .filteredOn(streak -> streak.get("JobTypeId").asString().equals(id))
                .singleElement()
                .satisfies(streak -> assertThat(streak.get("Failures").asInt()).isEqualTo(3)));
    assertThat(json(first.get("/jobs/attention")).get("BehindSeconds").asLong()).isBetween(0L, 9L);
    JsonNode runs = json(first.get("/job-types/runs?id=" + id.replace("|", "%7C"))).get(0);
    assertThat(runs.get("JobTypeId").asString()).isEqualTo(id);
    assertThat(runs.get("Runs")).hasSize(4);
    assertThat(runs.at("/Runs/0/Id").asString()).isEqualTo(job.jobId().toString());
    assertThat(runs.at("/Runs/3/Status").asString()).isEqualTo("Failed");
    String hundred =
        Stream.generate(() -> "id=" + job(UUID.randomUUID()).jobTypeId().toString())
            .limit(100)
            .collect(joining("&"));
    assertThat(json(first.get("/job-types/runs?" + hundred.replace("|", "%7C")))).hasSize(100);
    assertThat(json(first.get("/connectors")).toString()).contains("\"HubSpot\"");
    assertThat(json(first.get("/configurations?search=hUBs&take=1")).get(0).propertyNames())
        .containsExactly("ConfigurationId", "Job", "ConfigurationName");
    for (String wrong :
        List.of(
            "/jobs/histogram?hours=0",
            "/jobs/histogram?hours=169",
            "/configurations?take=1001",
            "/configurations?search=%00",
            "/job-types/runs",
            "/job-types/runs?id=x")) {
      assertThat(first.get(wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void aListIsChosenAndSorted() {
    UUID configuration = UUID.randomUUID();
    List<JobQueued> jobs = Stream.generate(() -> queue(configuration)).limit(3).toList();
    tell(new JobCompleted(jobs.get(1).jobId(), 1, 9, Instant.now()));
    await().until(() -> count(configuration, "Completed") == 1);
    await().until(() -> count(configuration, "Queued") == 2);
    String type = "jobTypeId=" + jobs.getFirst().jobTypeId().toString().replace("|", "%7C");
    for (String query :
        List.of(
            type + "&search=hubs&sort=-clues",
            type + "&connector=HubSpot&sort=-status",
            type + "&state=Completed&from=2026-01-01T00:00:00Z",
            "configurationId="
                + configuration
                + "&sort=-finished&to=9999-01-01T01:00:00%2B01:00")) {
      JsonNode list = json(first.get("/jobs?take=1&" + query));
      assertThat(list).as(query).hasSize(1);
      assertThat(list.get(0).get("Id").asString()).isEqualTo(jobs.get(1).jobId().toString());
    }
    assertThat(json(second.get("/jobs?" + type + "&configuration=x"))).isEmpty();
    HttpResponse<String> past = second.get("/jobs?page=9&sort=name&" + type);
    assertThat(json(past)).isEmpty();
    assertThat(past.headers().firstValue("X-Total-Count")).hasValue("3");
  }

  @Test
  void refusesWhatNoListCanBe() {
    for (String query :
        List.of("page=-1", "page=x", "page=99999999999", "take=0", "take=1001", "take=ten")) {
      HttpResponse<String> answer = first.get("/jobs?" + query);
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
      assertThat(json(answer).get("detail").asString()).contains("whole number");
    }
    assertThat(json(first.get("/jobs?state=asleep")).get("detail").asString())
        .contains("Queued, Executing, Completed, Failed, Cancelled");
    assertThat(json(first.get("/jobs?sort=size")).get("detail").asString())
        .contains("name, configuration, status, clues, queued, started, finished");
    for (String query :
        List.of(
            "configurationId=asleep",
            "jobTypeId=" + UUID.randomUUID(),
            "from=2026-03-01T12:30:00Z",
            "to=today",
            "search=%00",
            "sort=--name")) {
      assertThat(first.get("/jobs?" + query).statusCode()).as(query).isEqualTo(400);
    }
    for (String query :
        List.of(
            "", "state=null", "state=RUNNING", "state=&configurationId=null", "page=2147483647")) {
      assertThat(first.get("/jobs?" + query).statusCode()).as(query).isEqualTo(200);
    }
  }

  @Test
  void whatCannotBeReadGoesToTheDeadLettersAndStopsNothing() {
    String marker = UUID.randomUUID().toString();
    JobQueued misplaced = job(UUID.randomUUID());
    try (KafkaProducer<String, byte[]> bytes =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (String topic :
          List.of(Topics.JOB_EVENTS, Topics.JOB_ABANDONMENTS, Topics.jobQueue("default"))) {
        bytes.send(new ProducerRecord<>(topic, marker, new byte[] {1, 2, 3}));
        ProducerRecord<String, byte[]> unknown =
            new ProducerRecord<>(topic, marker, "{}".getBytes(UTF_8));
        unknown.headers().add("ce_type", "job.renamed.v7".getBytes(UTF_8));
        bytes.send(unknown);
      }
    }
    events.send(new ProducerRecord<>(Topics.JOB_EVENTS, marker, misplaced));
    events.send(
        new ProducerRecord<>(
            Topics.JOB_EVENTS,
            marker,
            new JobStarted(JobIds.run(misplaced.jobId(), 1), 1, "agent", Instant.now())));
    events.flush();

    for (String topic : List.of(Topics.JOB_ABANDONMENTS, Topics.jobQueue("default"))) {
      assertThat(await().until(() -> deadLetters(topic, marker), found -> found.size() == 2))
          .anyMatch(cause -> cause.contains("no header"))
          .anyMatch(cause -> cause.contains("job.renamed.v7"));
    }
    assertThat(
            await().until(() -> deadLetters(Topics.JOB_EVENTS, marker), found -> found.size() == 4))
        .filteredOn(cause -> cause.contains("does not belong"))
        .hasSize(2);
    awaitStatus(queue(), "Queued");
  }

  @Test
  void aReadModelThatIsGoneIsMadeAgainFromTheLog() {
    UUID configuration = UUID.randomUUID();
    List<JobQueued> jobs = Stream.generate(() -> queue(configuration)).limit(200).toList();
    for (int i = 0; i < jobs.size(); i++) {
      UUID job = jobs.get(i).jobId();
      tell(new JobStarted(job, 1 + i % 3, "agent-1", Instant.now()));
      if (i % 2 == 0) {
        tell(new JobCompleted(job, 1 + i % 3, i, Instant.now()));
      }
    }
    await().until(() -> count(configuration, "Completed") == 100);
    await().until(() -> count(configuration, "Executing") == 100);
    await().until(() -> database.query(NOT_YET_SAID).isEmpty()); // of whom nothing is heard
    List<String> rows = database.rows("job");
    List<String> earlier = database.rows("earlier_run");
    List<String> jobTypes = database.rows("job_type");
    List<String> tallies = database.tallies();
    List<String> history = database.query(HISTORY);
    first.close();
    second.close();

    database.drop();
    first = start("tracker-1-again");
    second = start("tracker-2-again");
    await().atMost(Duration.ofMinutes(2)).until(() -> first.isReady() && second.isReady());

    await().untilAsserted(() -> assertThat(database.rows("job")).isEqualTo(rows));
    await().untilAsserted(() -> assertThat(database.rows("earlier_run")).isEqualTo(earlier));
    await().untilAsserted(() -> assertThat(database.rows("job_type")).isEqualTo(jobTypes));
    await().untilAsserted(() -> assertThat(database.tallies()).isEqualTo(tallies));
    await().untilAsserted(() -> assertThat(database.query(HISTORY)).isEqualTo(history));
    assertThat(database.tallies()).isEqualTo(database.countedTallies());
  }

  @Test
  void aTrackerThatIsKilledLeavesItsPartitionsToTheOther() {
    UUID configuration = UUID.randomUUID();
    List<JobQueued> jobs = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      jobs.add(queue(configuration));
      if (i == 250) {
        second.kill();
      }
    }
    jobs.forEach(job -> tell(new JobCompleted(job.jobId(), 1, 1, Instant.now())));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count(configuration, "Completed") == jobs.size());
    assertThat(database.tallies()).isEqualTo(database.countedTallies());
    second = start("tracker-2-back");
    await().atMost(Duration.ofMinutes(2)).until(second::isReady);
  }

  private static ServiceProcess start(String name) {
    return ServiceProcess.start(
        name, TrackerService.class, database.name(), Map.of("TRACKER_LEASE", "2s"));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> abandon(ServiceProcess tracker, Object jobId, Object runId) {
    return tracker.send(
        "PATCH",
        "/jobs/abandonment",
        "{\"JobRunId\":\"%s\",\"jobID\":\"%s\"}".formatted(runId, jobId));
  }

  private static JobQueued queue() {
    return queue(UUID.randomUUID());
  }

  private static JobQueued queue(UUID configuration) {
    JobQueued job = job(configuration);
    events.send(new ProducerRecord<>(Topics.jobQueue("default"), job.key(), job));
    events.flush();
    return job;
  }

  private static JobQueued job(UUID configuration) {
    Instant now = Instant.now();
    return new JobQueued(
        JobIds.ofRequest(now),
        new JobTypeId(configuration, new UUID(0, 1), new UUID(0, 2)),
        new UUID(0, 3),
        "HubSpot",
        null,
        "default",
        null,
        null,
        null,
        null,
        1,
        now);
  }

  private static OccurrenceDecided decided(
      JobTypeId jobType, Instant occurrence, Decision decision, @Nullable UUID jobId) {
    return new OccurrenceDecided(
        jobType, occurrence, decision, jobId, null, TimeSpan.ZERO, null, Instant.now());
  }

  private static void tell(OccurrenceDecided event) {
    events.send(new ProducerRecord<>(Topics.SCHEDULE_DECISIONS, event.key(), event));
    events.flush();
  }

  private static void tell(RunEvent event) {
    events.send(new ProducerRecord<>(Topics.JOB_EVENTS, event.key(), event));
    events.flush();
  }

  private static void awaitStatus(JobQueued job, String status) {
    await()
        .until(
            () -> shown(job),
            found -> found != null && found.get("Status").asString().equals(status));
  }

  private static JsonNode shown(JobQueued job) {
    return json(second.get("/jobs?configurationId=" + job.jobTypeId().configurationId())).get(0);
  }

  private static long count(UUID configuration, String state) {
    HttpResponse<String> answer =
        first.get("/jobs?take=1000&configurationId=%s&state=%s".formatted(configuration, state));
    assertThat(answer.headers().firstValue("X-Total-Count").orElseThrow())
        .isEqualTo(String.valueOf(json(answer).size()));
    return json(answer).size();
  }

  /// Why records of this key became dead letters.
  static List<String> deadLetters(String topic, String key) {
    TopicPartition partition = new TopicPartition(Topics.deadLetters(topic), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return StreamSupport.stream(consumer.poll(Duration.ofSeconds(2)).spliterator(), false)
          .filter(record -> key.equals(new String(record.key(), UTF_8)))
          .map(TrackerIT::cause)
          .toList();
    }
  }

  /// As the broker does, after five deliveries.
  private static void giveUp(JobQueued job) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers());
    try (KafkaProducer<String, byte[]> broker =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> spent =
          new ProducerRecord<>(Topics.SPENT_JOBS, job.key(), EventWire.write(job));
      spent.headers().add("__dlq.errors.delivery.count", "5".getBytes(UTF_8));
      broker.send(new ProducerRecord<>(Topics.SPENT_JOBS, "x", "no job".getBytes(UTF_8))).get();
      broker.send(spent).get();
    }
  }

  private static JobFailed failureOf(JobQueued job) {
    Map<String, Object> settings = Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers());
    try (KafkaConsumer<String, Message> consumer =
        new KafkaConsumer<>(
            settings, new StringDeserializer(), new EventWire.MessageDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.JOB_EVENTS).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return await()
          .until(
              () ->
                  StreamSupport.stream(consumer.poll(Duration.ofSeconds(1)).spliterator(), false)
                      .map(ConsumerRecord::value)
                      .filter(JobFailed.class::isInstance)
                      .map(JobFailed.class::cast)
                      .filter(failed -> failed.jobId().equals(job.jobId()))
                      .findFirst(),
              Optional::isPresent)
          .orElseThrow();
    }
  }

  private static String cause(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("dlq_cause").value(), UTF_8);
  }
}

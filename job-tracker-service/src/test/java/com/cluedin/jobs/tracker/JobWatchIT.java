package com.cluedin.jobs.tracker;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import com.cluedin.jobs.stack.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What two trackers say of jobs by themselves, and how they tell a job's life.
class JobWatchIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Backing BACKING = Backing.shared();
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final UUID ORGANIZATION = UUID.randomUUID();

  private static final String QUEUED =
      "SELECT count(*) FROM tracker.job WHERE rank = 0 AND id IN (%s)";
  private static final String COMPLETED =
      "SELECT count(*) FROM tracker.job WHERE rank = 4 AND id IN (%s)";
  private static final String RAISED =
      "SELECT count(*) FROM tracker.job_event WHERE kind IN (1, 5, 6, 9, 10) AND job_id IN (%s)";

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
    first = start("watch-1");
    second = start("watch-2");
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
  void tellsTheLifeOfAJobAndWhatAFencedRunSaidTooLate() {
    JobQueued job = queue("00:30:00", "02:00:00");
    UUID id = job.jobId();
    tell(new JobStarted(id, 1, "doomed", Instant.now()));
    tell(new JobStarted(id, 2, "heir", Instant.now()));
    tell(new JobProgressed(id, 1, 5, Instant.now()));
    tell(new JobCompleted(id, 1, 6, Instant.now()));
    tell(new JobCompleted(id, 2, 7, Instant.now()));

    JsonNode detail = await().until(() -> detail(id), found -> found.at("/Events").size() == 6);

    assertThat(detail.propertyNames())
        .containsExactly(
            "Id",
            "JobRunId",
            "JobTypeId",
            "ConfigurationId",
            "OrganizationId",
            "UserId",
            "Job",
            "ConfigurationName",
            "Queue",
            "Status",
            "Progress",
            "ScheduledFor",
            "RequestedBy",
            "QueuedAt",
            "StartedAt",
            "FinishedAt",
            "Alarm",
            "AlarmRaisedAt",
            "LongestRun",
            "LastHeardAt",
            "SilentSince",
            "RetryAt",
            "Error",
            "Abandonment",
            "Runs",
            "States",
            "Events");
    assertThat(detail.get("RequestedBy").asString()).isEqualTo("Ann");
    assertThat(detail.get("LongestRun").asString()).isEqualTo("02:00:00");
    assertThat(detail.get("QueuedAt").asString()).endsWith("+00:00");
    assertThat(detail.get("Abandonment").isNull()).isTrue();
    assertThat(texts(detail, "Events", "Type"))
        .containsExactly(
            "job.queued.v1",
            "job.started.v1",
            "job.started.v1",
            "job.progressed.v1",
            "job.completed.v1",
            "job.completed.v1");
    assertThat(texts(detail, "Events", "Accepted"))
        .containsExactly("true", "true", "true", "false", "false", "true");
    assertThat(texts(detail, "States", "Status"))
        .containsExactly("Queued", "Executing", "Executing", "Completed");
    assertThat(texts(detail, "Runs", "Status")).containsExactly("Completed", "Completed");
    assertThat(json(second.get("/jobs/detail?id=" + JobIds.run(id, 2)))).isEqualTo(detail);
  }

  /// A look may miss what lies between two reads; of forty jobs, some are looked at just then.
  @Test
  @Timeout(120)
  void tellsTheStateTheRunsAndTheEventsOfOneMoment() {
    for (int i = 0; i < 40; i++) {
      JobQueued job = queue(null, null);
      awaitStatus(job, "Queued");
      tell(new JobStarted(job.jobId(), 1, "agent", Instant.now()));
      tell(new JobCompleted(job.jobId(), 1, 7, Instant.now()));
      JsonNode detail;
      do {
        detail = detail(job.jobId());
        String status = detail.get("Status").asString();
        assertThat(texts(detail, "States", "Status").getLast()).isEqualTo(status);
        assertThat(texts(detail, "Runs", "Status")).containsExactly(status);
      } while (detail.get("FinishedAt").isNull());
    }
  }

  @Test
  void tellsNobodyOfJobsThatAreNotTheirs() {
    JobQueued job = queue(null, null);
    await().until(() -> first.get("/jobs/detail?id=" + job.jobId()).statusCode() == 200);

    HttpResponse<String> unknown = first.get("/jobs/detail?id=" + UUID.randomUUID());
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(
            first
                .get("/jobs/detail?id=" + job.jobId(), "X-Organization-Id", UUID.randomUUID() + "")
                .statusCode())
        .isEqualTo(404);
    assertThat(first.get("/jobs/detail?id=x").statusCode()).isEqualTo(400);
  }

  @Test
  void showsHowAWishToStopComesToItsEnd() {
    JobQueued confirmed = startAndAbandon();
    tell(new JobCancelling(confirmed.jobId(), 1, "agent-1", Instant.now()));
    tell(new JobCancelled(confirmed.jobId(), 1, 5, "abandoned", "agent-1", Instant.now()));

    JsonNode ladder =
        await()
            .until(
                () -> detail(confirmed.jobId()).get("Abandonment"),
                found -> !found.get("ConfirmedAt").isNull());
    assertThat(ladder.get("RequestedBy").asString()).isEqualTo("Bø Ann");
    assertThat(ladder.get("DeliveredTo").asString()).isEqualTo("agent-1");
    assertThat(ladder.get("TimedOutAt").isNull()).isTrue();
    JobQueued silent = startAndAbandon();
    ladder =
        await()
            .until(
                () -> detail(silent.jobId()).get("Abandonment"),
                found -> !found.get("TimedOutAt").isNull());
    assertThat(ladder.get("ConfirmedAt").isNull()).isTrue();
    assertThat(ladder.get("DeliveredAt").isNull()).isTrue();
    awaitStatus(silent, "Cancelled");
  }

  @Test
  void ofWhatComesTogetherOnlyThatWhichCannotBeKeptIsADeadLetter() {
    String topic = Topics.jobQueue("default");
    List<JobQueued> jobs = Stream.generate(() -> job(null, null, Instant.now())).limit(40).toList();
    JobQueued refused = jobs.get(23);
    refuse("CHECK (id <> '%s')".formatted(refused.jobId()));
    jobs.forEach(job -> sendLater(topic, job));
    events.flush();

    await().until(() -> count(QUEUED, jobs) == 39);
    assertThat(
            await()
                .until(
                    () -> TrackerIT.deadLetters(topic, refused.key()), found -> !found.isEmpty()))
        .singleElement()
        .asString()
        .startsWith("cannot be kept");
    assertThat(count(QUEUED, List.of(refused))).isZero();
  }

  /// PostgreSQL keeps all that events can say, so one of them is forbidden to it.
  private static void refuse(String constraint) {
    database
        .client()
        .sql("ALTER TABLE tracker.job ADD CONSTRAINT refusing " + constraint)
        .then()
        .block();
  }

  private static JobQueued startAndAbandon() {
    JobQueued job = queue(null, null);
    tell(new JobStarted(job.jobId(), 1, "agent-1", Instant.now()));
    awaitStatus(job, "Executing");
    abandon(job);
    return job;
  }

  private static void abandon(JobQueued job) {
    HttpResponse<String> answer =
        first.send(
            "PATCH",
            "/jobs/abandonment",
            "{\"jobRunId\":\"%s\",\"jobId\":\"%s\"}"
                .formatted(JobIds.run(job.jobId(), 1), job.jobId()),
            "X-User",
            "B%C3%B8+Ann");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void cancelsAQueuedJobThatAnybodyWantsStopped() {
    JobQueued job = queue(null, null);
    awaitStatus(job, "Queued");

    send(
        Topics.JOB_ABANDONMENTS,
        new JobAbandonRequested(job.jobId(), null, "the next one is due", Instant.now()));

    awaitStatus(job, "Cancelled");
    assertThat(detail(job.jobId()).at("/Abandonment/Reason").asString())
        .isEqualTo("the next one is due");
    assertThat(said(job, EventKind.CANCELLED)).isEqualTo(1);
  }

  @Test
  void raisesAnAlarmOnceAndListsIt() {
    JobQueued late = queue("00:00:01", null);
    JobQueued later = queue("00:00:01", null);
    JobQueued inTime = queue("00:00:01", null);
    JobQueued off = queue("00:00:00", null);
    tell(new JobCompleted(inTime.jobId(), 1, 1, Instant.now()));

    await()
        .until(() -> said(late, EventKind.ALARM_RAISED) + said(later, EventKind.ALARM_RAISED) == 2);
    tell(new JobCompleted(late.jobId(), 1, 1, Instant.now()));
    awaitStatus(late, "Completed");
    await().during(Duration.ofSeconds(2)).until(() -> said(later, EventKind.ALARM_RAISED) == 1);
    assertThat(said(inTime, EventKind.ALARM_RAISED) + said(off, EventKind.ALARM_RAISED)).isZero();

    HttpResponse<String> all = alarms("take=1000");
    assertThat(all.headers().firstValue("X-Total-Count")).hasValue("2");
    assertThat(json(all).get(0).propertyNames())
        .containsExactly(
            "Id",
            "JobRunId",
            "Job",
            "ConfigurationName",
            "Status",
            "QueuedAt",
            "FinishedAt",
            "Alarm",
            "RaisedAt");
    assertThat(json(all).get(0).get("Alarm").asString()).isEqualTo("00:00:01");
    assertThat(json(alarms("open=true"))).hasSize(1);
    assertThat(json(alarms("open=true")).get(0).get("Id").asString())
        .isEqualTo(later.jobId().toString());
    HttpResponse<String> past = alarms("page=7&take=2");
    assertThat(json(past)).isEmpty();
    assertThat(past.headers().firstValue("X-Total-Count")).hasValue("2");
    assertThat(alarms("take=0").statusCode()).isEqualTo(400);
    assertThat(detail(later.jobId()).get("AlarmRaisedAt").isNull()).isFalse();
    assertThat(counted("crawl.jobs.alarms.raised")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void saysNothingOfJobsWhileABatchIsHeldUp() throws Exception {
    JobQueued job = queue("00:00:02", null);
    awaitStatus(job, "Queued");

    try (AutoCloseable _ = database.holdUp("job_event")) {
      tell(new JobStarted(job.jobId(), 1, "agent-1", Instant.now()));
      tell(new JobCompleted(job.jobId(), 1, 1, Instant.now()));
      await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
    }

    awaitStatus(job, "Completed");
    await().during(Duration.ofSeconds(1)).until(() -> said(job, EventKind.ALARM_RAISED) == 0);
  }

  @Test
  void tellsOfAWishAndItsEndBeforeTheirEventsAreRead() throws Exception {
    JobQueued job = queue(null, null);
    awaitStatus(job, "Queued");

    try (AutoCloseable _ = database.holdUp("position")) {
      abandon(job);
      JsonNode detail = detail(job.jobId());
      assertThat(detail.get("Events")).hasSize(1);
      assertThat(detail.get("Status").asString()).isEqualTo("Cancelled");
      assertThat(detail.get("States").valueStream().map(it -> it.get("Status").asString()))
          .containsExactly("Queued", "Cancelled");
      assertThat(detail.at("/Abandonment/ConfirmedAt")).isEqualTo(detail.get("FinishedAt"));
    }
  }

  @Test
  void aReadModelThatIsMadeAgainRaisesNothing() {
    first.close();
    second.close();
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    List<JobQueued> jobs =
        Stream.generate(() -> job("00:00:01", "00:00:02", yesterday)).limit(3_000).toList();
    jobs.forEach(job -> sendLater(Topics.jobQueue("default"), job));
    jobs.forEach(
        job -> sendLater(Topics.JOB_EVENTS, new JobStarted(job.jobId(), 1, "a", yesterday)));
    jobs.forEach(
        job -> sendLater(Topics.JOB_EVENTS, new JobCompleted(job.jobId(), 1, 1, yesterday)));
    events.flush();
    database.drop();

    first = start("watch-1-again");
    second = start("watch-2-again");

    await().atMost(Duration.ofMinutes(2)).until(() -> first.isReady() && second.isReady());
    await().until(() -> count(COMPLETED, jobs) == jobs.size());
    await().during(Duration.ofSeconds(2)).until(() -> count(RAISED, jobs) == 0);
  }

  @Test
  void saysOnceThatAnAgentIsSilentUntilItIsHeardAgain() {
    JobQueued job = queue(null, null);
    UUID id = job.jobId();
    tell(new JobStarted(id, 1, "agent-1", Instant.now()));
    awaitStatus(job, "Executing");

    JsonNode silent =
        await()
            .atMost(LEASE.plusSeconds(5))
            .until(() -> detail(id), found -> !found.get("SilentSince").isNull());
    assertThat(silent.get("SilentSince")).isEqualTo(silent.get("LastHeardAt"));
    await().during(Duration.ofSeconds(2)).until(() -> said(job, EventKind.SILENT) == 1);

    tell(new JobProgressed(id, 1, 3, Instant.now()));
    await().until(() -> detail(id).get("SilentSince").isNull());
    await().atMost(LEASE.plusSeconds(5)).until(() -> said(job, EventKind.SILENT) == 2);
    assertThat(counted("crawl.jobs.silent.raised")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void endsARunThatTakesTooLong() throws Exception {
    JobQueued obedient = queue(null, "00:00:01");
    JobQueued deaf = queue(null, "00:00:01");
    JobQueued silent = queue(null, "00:00:01");
    for (JobQueued job : List.of(obedient, deaf, silent)) {
      tell(new JobStarted(job.jobId(), 1, "agent-1", Instant.now()));
    }
    try (ExecutorService agent = Executors.newSingleThreadExecutor()) {
      Future<?> alive = agent.submit(() -> keepAlive(deaf));
      awaitStatus(obedient, "Cancelling");
      tell(new JobCancelled(obedient.jobId(), 1, 1, "abandoned", "agent-1", Instant.now()));
      awaitStatus(obedient, "Cancelled");
      awaitStatus(deaf, "Failed");
      alive.cancel(true);
    }
    awaitStatus(silent, "Failed");

    assertThat(detail(obedient.jobId()).at("/Abandonment/Reason").asString())
        .isEqualTo("It ran longer than 00:00:01.");
    assertThat(
            database.query(
                """
                SELECT heard_at = first_heard_at FROM tracker.job WHERE id = '%s'\
                """
                    .formatted(silent.jobId())))
        .containsExactly("t"); // that the tracker failed it is not hearing its agent
    for (JobQueued job : List.of(deaf, silent)) {
      await().until(() -> detail(job.jobId()).at("/Abandonment/TimedOutAt").isString());
      assertThat(detail(job.jobId()).get("Error").asString())
          .contains("longer than 00:00:01", "did not confirm");
      assertThat(said(job, EventKind.ABANDON_REQUESTED)).isEqualTo(1);
      assertThat(said(job, EventKind.FAILED)).isEqualTo(1);
    }
  }

  @Test
  void showsAFailedJobAsQueuedWhileItWaitsForItsRetry() {
    JobQueued job = queue(null, null);
    UUID id = job.jobId();
    tell(new JobStarted(id, 1, "agent-1", Instant.now()));
    tell(new JobFailed(id, 1, 3, "broken", false, Instant.now()));
    Instant due = Instant.parse("2036-03-01T12:00:00Z");
    tell(new JobRetryScheduled(id, 11, due, "retry 1 of 3", Instant.now()));

    JsonNode detail = await().until(() -> detail(id), found -> found.at("/RetryAt").isString());

    assertThat(detail.get("Status").asString()).isEqualTo("Queued");
    assertThat(detail.get("RetryAt").asString()).isEqualTo("2036-03-01T12:00:00+00:00");
    assertThat(detail.get("JobRunId").asString()).isEqualTo(JobIds.run(id, 11).toString());
    assertThat(texts(detail, "States", "Status"))
        .containsExactly("Queued", "Executing", "Failed", "Queued");
  }

  private static void keepAlive(JobQueued job) {
    for (long clues = 1; !Thread.currentThread().isInterrupted(); clues++) {
      tell(new JobProgressed(job.jobId(), 1, clues, Instant.now()));
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static ServiceProcess start(String name) {
    return ServiceProcess.start(
        name,
        TrackerService.class,
        database.name(),
        Map.of("TRACKER_LEASE", LEASE.toSeconds() + "s"));
  }

  private static JobQueued queue(@Nullable String alarm, @Nullable String longestRun) {
    JobQueued job = job(alarm, longestRun, Instant.now());
    send(Topics.jobQueue("default"), job);
    return job;
  }

  private static JobQueued job(
      @Nullable String alarm, @Nullable String longestRun, Instant queuedAt) {
    return new JobQueued(
        JobIds.ofRequest(queuedAt),
        new JobTypeId(UUID.randomUUID(), ORGANIZATION, new UUID(0, 2)),
        new UUID(0, 3),
        "HubSpot",
        null,
        "default",
        alarm == null ? null : TimeSpan.parse(alarm),
        longestRun == null ? null : TimeSpan.parse(longestRun),
        null,
        "Ann",
        1,
        queuedAt);
  }

  private static void tell(JobEvent event) {
    send(Topics.JOB_EVENTS, event);
  }

  private static void send(String topic, JobEvent event) {
    sendLater(topic, event);
    events.flush();
  }

  private static void sendLater(String topic, JobEvent event) {
    events.send(new ProducerRecord<>(topic, event.key(), event));
  }

  private static long count(String sql, List<JobQueued> jobs) {
    String ids = jobs.stream().map(job -> "'" + job.jobId() + "'").collect(joining(","));
    return Long.parseLong(database.query(sql.formatted(ids)).getFirst());
  }

  private static JsonNode detail(UUID job) {
    return json(first.get("/jobs/detail?id=" + job));
  }

  private static HttpResponse<String> alarms(String query) {
    return first.get("/jobs/alarms?" + query, "X-Organization-Id", ORGANIZATION.toString());
  }

  private static void awaitStatus(JobQueued job, String status) {
    await().until(() -> detail(job.jobId()).path("Status").asString("").equals(status));
  }

  private static long said(JobQueued job, EventKind kind) {
    return Long.parseLong(
        database
            .query(
                "SELECT count(*) FROM tracker.job_event WHERE job_id = '%s' AND kind = %d"
                    .formatted(job.jobId(), kind.code()))
            .getFirst());
  }

  private static double counted(String metric) {
    return List.of(first, second).stream()
        .mapToDouble(tracker ->
            json(tracker.get("/actuator/metrics/" + metric)).at("/measurements/0/value").asDouble())
        .sum();
  }

  private static List<String> texts(JsonNode detail, String list, String field) {
    return detail.get(list).valueStream().map(one -> one.get(field).asString()).toList();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}

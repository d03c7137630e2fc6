package com.cluedin.jobs.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import com.cluedin.jobs.stack.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two schedulers side by side, as processes, on real Kafka and PostgreSQL.
class SchedulerIT {

  private static final String YEARLY = "0 0 1 1 *";
  private static final Map<String, String> SMALL_BATCHES = Map.of("SCHEDULER_BATCH_SIZE", "50");

  private static final JsonMapper JSON = new JsonMapper();
  private static final Backing BACKING = Backing.shared();
  private static final String DATABASE = BACKING.newDatabase();

  private static ServiceProcess first;
  private static ServiceProcess second;
  private static KafkaProducer<String, Event> producer;
  private static TopicReader queue;
  private static TopicReader ledger;
  private static TopicReader runs;
  private static TopicReader abandonments;

  @BeforeAll
  static void start() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    first = start("scheduler-1");
    second = start("scheduler-2");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> first.isReady() && second.isReady() && topics().contains("job-queue.default"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()),
            new StringSerializer(),
            new EventSerializer());
    queue = new TopicReader(BACKING.kafkaBootstrapServers(), Topics.jobQueue("default"));
    ledger = new TopicReader(BACKING.kafkaBootstrapServers(), Topics.SCHEDULE_DECISIONS);
    runs = new TopicReader(BACKING.kafkaBootstrapServers(), Topics.JOB_EVENTS);
    abandonments = new TopicReader(BACKING.kafkaBootstrapServers(), Topics.JOB_ABANDONMENTS);
  }

  @AfterAll
  static void stop() {
    queue.close();
    ledger.close();
    runs.close();
    abandonments.close();
    producer.close();
    first.close();
    second.close();
  }

  @Test
  void anEnabledIntegrationIsInTheListWithinASecond() {
    enable(UUID.randomUUID(), YEARLY); // by then the schedulers have settled
    IntegrationEnabled event = enabled(UUID.randomUUID(), null);
    send(event);
    JsonNode shown =
        await()
            .atMost(Duration.ofSeconds(1))
            .until(() -> inList(event.jobTypeId()), found -> found != null);
    assertThat(shown.propertyNames())
        .containsExactly(
            "Id",
            "ConfigurationId",
            "OrganizationId",
            "UserId",
            "Cron",
            "Queue",
            "Alarm",
            "CreatedAt",
            "LastJobId",
            "NextExecution",
            "LastExecution");
    assertThat(shown.get("Cron").asString()).endsWith(" 0/4 * * *");
    assertThat(shown.get("Alarm").asString()).isEqualTo("00:00:00");
    assertThat(shown.get("LastJobId").isNull()).isTrue();
    assertThat(shown.get("NextExecution").asString()).endsWith(":00Z");
  }

  @Test
  void aTriggerQueuesAJobAndLeavesTheSchedule() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    Instant before = Instant.now();
    HttpResponse<String> answer = second.send("POST", "/job-types/trigger", ids(id.toString()));
    assertThat(answer.statusCode()).isEqualTo(200);
    String jobId = json(answer).at("/triggered/0/jobId").asString();
    JobQueued job = queued(id.configurationId()).getFirst();
    assertThat(job.jobId()).hasToString(jobId);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
    JsonNode shown = inList(id);
    assertThat(shown.get("LastJobId").asString()).isEqualTo(jobId);
    assertThat(shown.get("LastExecution").isNull()).isFalse();
    assertThat(shown.get("NextExecution").asString()).endsWith("-01-01T00:00:00Z");
  }

  @Test
  void aRemovedJobTypeComesBackAsItWas() {
    UUID configuration = UUID.randomUUID();
    JobTypeId id = enable(configuration, YEARLY);
    assertThat(first.send("PATCH", "/job-types", "{\"ID\":\"" + id + "\",\"Cron\":\"5 5 * * *\"}"))
        .satisfies(answer -> {
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(json(answer).get("NextExecution").asString()).endsWith("T05:05:00Z");
        });
    assertThat(first.send("POST", "/job-types/remove", ids(configuration.toString())).statusCode())
        .isEqualTo(200);
    assertThat(inList(id)).isNull();
    assertThat(first.send("POST", "/job-types/trigger", ids(id.toString())).statusCode())
        .isEqualTo(404);
    send(enabled(configuration, YEARLY));
    await().until(() -> inList(id) != null);
    assertThat(inList(id).get("Cron").asString()).isEqualTo("5 5 * * *");
    send(new IntegrationDisabled(configuration, null, Instant.now()));
    await().until(() -> inList(id) == null);
  }

  @Test
  void aPersonBringsARemovedJobTypeBackAsItWas() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"cron\":\"5 5 * * *\",\"timeZone\":\"Europe/Copenhagen\",\"retries\":7");
    String jobId =
        json(first.send("POST", "/job-types/trigger", ids(id.toString())))
            .at("/triggered/0/jobId")
            .asString();
    JsonNode before = json(first.get(detail(id)));
    assertThat(before.get("Removed").isNull()).isTrue();
    assertThat(before.get("LastJobId").asString()).isEqualTo(jobId);
    first.send("POST", "/job-types/remove", ids(id.toString()));
    JsonNode removed = json(second.get(detail(id)));
    assertThat(removed.get("Removed").asString()).endsWith("Z");
    assertThat(removed.get("NextExecution").isNull()).isTrue();

    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = second.send("POST", "/job-types/restore", named(id));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(json(answer)).isEqualTo(before);
      assertThat(json(first.get(detail(id)))).isEqualTo(before);
    }
    String unknown = new JobTypeId(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()) + "";
    assertThat(
            first.send("POST", "/job-types/restore", "{\"id\":\"" + unknown + "\"}").statusCode())
        .isEqualTo(404);
    assertThat(first.get("/job-types/detail?id=" + unknown.replace("|", "%7C")).statusCode())
        .isEqualTo(404);
    assertThat(first.get("/job-types/detail?id=x").statusCode()).isEqualTo(404);
  }

  @Test
  void jobTypesCanBeLookedThrough() {
    String word = UUID.randomUUID().toString();
    List<JobTypeId> ids =
        Stream.of("B_" + word, "a%" + word, "c" + word)
            .map(name -> enabledAs(UUID.randomUUID(), "Odd Connector " + word, name))
            .peek(SchedulerIT::send)
            .map(IntegrationEnabled::jobTypeId)
            .toList();
    await().until(() -> ids.stream().allMatch(id -> inList(id) != null));
    String mine = "&connector=Odd+Connector+" + word;
    assertThat(look("take=9" + mine, 3)).containsExactly(ids.get(1), ids.get(0), ids.get(2));
    assertThat(look("take=1&page=2" + mine, 3)).containsExactly(ids.get(2));
    assertThat(look("page=3&take=1" + mine, 3)).isEmpty();
    assertThat(look("page=&sort=-configuration" + mine, 3))
        .containsExactly(ids.get(2), ids.get(0), ids.get(1));
    assertThat(look("take=9&search=b_" + word.toUpperCase(Locale.ROOT), 1))
        .containsExactly(ids.get(0));
    assertThat(look("take=9&search=A%25" + word, 1)).containsExactly(ids.get(1));
    assertThat(first.get("/job-types/details?connector=x").headers().map())
        .doesNotContainKey("x-total-count");

    first.send("POST", "/job-types/pause", named(ids.get(0)).replace("}", ",\"reason\":\"x\"}"));
    first.send("POST", "/job-types/remove", ids(ids.get(1).toString()));
    first.send("POST", "/job-types/trigger", ids(ids.get(2).toString()));
    change(ids.get(0), "\"cron\":\"0 0 1 12 *\"");
    assertThat(look("take=9&state=PAUSED" + mine, 1)).containsExactly(ids.get(0));
    assertThat(look("take=9&state=removed" + mine, 1)).containsExactly(ids.get(1));
    assertThat(look("take=9&state=active" + mine, 1)).containsExactly(ids.get(2));
    assertThat(look("take=9&sort=-last" + mine, 2)).containsExactly(ids.get(2), ids.get(0));
    assertThat(look("take=9&sort=last" + mine, 2)).containsExactly(ids.get(2), ids.get(0));
    assertThat(look("take=9&sort=next" + mine, 2)).containsExactly(ids.get(0), ids.get(2));
    assertThat(look("take=9&sort=schedule" + mine, 2)).containsExactly(ids.get(2), ids.get(0));
    for (String wrong : List.of("take=0", "page=-1", "state=gone", "sort=size", "search=%00")) {
      assertThat(first.get("/job-types/details?" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    assertThat(json(first.get("/job-types/details?sort=size")).get("detail").asString())
        .contains("name, configuration, schedule, last, next");
  }

  @Test
  void aPreviewTellsHowManySchedulesShareTheMinute() {
    JobTypeId one = enable(UUID.randomUUID(), "17 3 29 2 *");
    JobTypeId other = enable(UUID.randomUUID(), "30 17 3 29 2 *");
    enable(UUID.randomUUID(), "18 3 29 2 *");
    String preview = "/cron/preview?cron=17+3+29+2+*";
    assertThat(json(first.get(preview)).get("sharedBy").asLong()).isEqualTo(2);
    assertThat(
            json(first.get(preview + "&jobTypeId=" + one.toString().replace("|", "%7C")))
                .get("sharedBy")
                .asLong())
        .isEqualTo(1);
    first.send("POST", "/job-types/pause", named(other).replace("}", ",\"reason\":\"x\"}"));
    assertThat(json(first.get(preview)).get("sharedBy").asLong()).isEqualTo(1);
    assertThat(json(first.get("/cron/preview?cron=0+0+31+2+*")).get("sharedBy").asLong()).isZero();
    assertThat(first.get(preview + "&jobTypeId=x").statusCode()).isEqualTo(400);
  }

  @Test
  void aConfigurationWithSeveralJobTypesIsAmbiguousAndABatchTellsWhatItDidNotFind() {
    UUID configuration = UUID.randomUUID();
    JobTypeId one = enable(configuration, YEARLY);
    JobTypeId other = enable(configuration, YEARLY, UUID.randomUUID());
    HttpResponse<String> ambiguous =
        first.send("POST", "/job-types/trigger", ids(configuration.toString()));
    assertThat(ambiguous.statusCode()).isEqualTo(409);
    assertThat(json(ambiguous).get("candidates").toString())
        .contains(one.toString(), other.toString());
    HttpResponse<String> some =
        first.send("POST", "/job-types/trigger", ids(one.toString(), "nonsense", one.toString()));
    assertThat(some.statusCode()).isEqualTo(200);
    assertThat(json(some).get("triggered")).hasSize(1);
    assertThat(json(some).get("notFound").toString()).isEqualTo("[\"nonsense\"]");
  }

  @Test
  void aWrongCronIsRefusedAndTheFieldNamed() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    HttpResponse<String> answer =
        first.send("PATCH", "/job-types", "{\"id\":\"" + id + "\",\"cron\":\"0 25 * * *\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").asString()).contains("hour", "\"25\"", "0-23");
    assertThat(json(answer).get("field").asString()).isEqualTo("hour");
    assertThat(inList(id).get("Cron").asString()).isEqualTo(YEARLY);
  }

  @Test
  void whatCannotBeReadGoesToTheDeadLettersAndStopsNothing() {
    String marker = UUID.randomUUID().toString();
    try (KafkaProducer<String, byte[]> bytes =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      bytes.send(new ProducerRecord<>(Topics.INTEGRATIONS, marker, new byte[] {1, 2, 3}));
      ProducerRecord<String, byte[]> unknown =
          new ProducerRecord<>(Topics.INTEGRATIONS, marker, "{}".getBytes(UTF_8));
      unknown.headers().add("ce_type", "integration.renamed.v7".getBytes(UTF_8));
      bytes.send(unknown);
    }
    send(enabled(UUID.fromString(marker), "0 0 31 2 * * * *"));
    send(enabled(UUID.fromString(marker), YEARLY));
    await().until(() -> list().anyMatch(type -> type.get("Id").asString().startsWith(marker)));
    List<String> causes =
        await().until(() -> deadLetters(Topics.INTEGRATIONS, marker), found -> found.size() == 3);
    assertThat(causes)
        .anyMatch(cause -> cause.contains("no header"))
        .anyMatch(cause -> cause.contains("integration.renamed.v7"))
        .anyMatch(cause -> cause.contains("8 fields"));
  }

  @Test
  void everyOccurrenceIsDecidedOnceThroughAPause() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"overlap\":\"allow\",\"cron\":\"@every_second\"");
    await().until(() -> decided(id).size() >= 2);
    String name = "{\"id\":\"" + id + "\"";
    HttpResponse<String> paused =
        first.send("POST", "/job-types/pause", name + ",\"reason\":\"moving\"}");
    assertThat(json(paused).at("/Paused/Reason").asString()).isEqualTo("moving");
    int before = decided(id).size();
    await().until(() -> decided(id).size() >= before + 3);
    assertThat(second.send("POST", "/job-types/resume", name + "}").statusCode()).isEqualTo(200);
    int then = decided(id).size();
    await().until(() -> decided(id).size() >= then + 3);
    second.send("POST", "/job-types/remove", ids(id.toString()));

    List<OccurrenceDecided> decided =
        await()
            .during(Duration.ofSeconds(2))
            .until(
                () -> decided(id),
                all ->
                    all.stream().filter(one -> one.jobId() != null).count()
                        == queue.of(Set.of(id.configurationId())).size());
    for (int i = 1; i < decided.size(); i++) {
      assertThat(decided.get(i).scheduledFor())
          .isEqualTo(decided.get(i - 1).scheduledFor().plusSeconds(1));
    }
    assertThat(decided)
        .anyMatch(one -> one.decision() == Decision.SKIPPED_PAUSED)
        .filteredOn(one -> one.decision() == Decision.SKIPPED_PAUSED)
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(decided.getLast().decision().makesJob()).isTrue();
  }

  @Test
  void whatIsDueWhileAnEarlierJobIsNotFinishedIsSkippedAndThatJobNamed() {
    JobTypeId id = enable(UUID.randomUUID(), "@every_second");
    await().until(() -> decided(id).size() >= 3);
    List<JobQueued> jobs = queued(id.configurationId());
    assertThat(jobs).hasSize(1);
    UUID first = jobs.getFirst().jobId();
    tell(new JobStarted(first, 1, "agent-1", Instant.now()));
    tell(new JobCompleted(first, 1, 5, Instant.now()));

    await().until(() -> queued(id.configurationId()).size() == 2);
    second.send("POST", "/job-types/remove", ids(id.toString()));
    List<OccurrenceDecided> decided = decided(id);
    assertThat(decided.getFirst().decision()).isEqualTo(Decision.FIRED);
    assertThat(decided.get(1).decision()).isEqualTo(Decision.SKIPPED_OVERLAP);
    assertThat(decided.get(1).overlaps()).isEqualTo(first);
    assertThat(decided)
        .filteredOn(one -> one.jobId() != null)
        .extracting(OccurrenceDecided::jobId)
        .containsExactlyElementsOf(
            queued(id.configurationId()).stream().map(JobQueued::jobId).toList());
  }

  @Test
  void aDeferredJobIsQueuedWhenTheOneItIsToReplaceHasEnded() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"overlap\":\"cancel\",\"cron\":\"@every_second\"");
    await().until(() -> decided(id).size() >= 3);
    change(id, "\"cron\":\"" + YEARLY + "\"");
    List<OccurrenceDecided> decided = decided(id);
    UUID running = decided.getFirst().jobId();
    OccurrenceDecided deferred = decided.get(1);
    assertThat(deferred.decision()).isEqualTo(Decision.DEFERRED);
    assertThat(deferred.overlaps()).isEqualTo(running);
    assertThat(decided.get(2).decision()).isEqualTo(Decision.SKIPPED_OVERLAP);
    assertThat(decided.get(2).overlaps()).isEqualTo(deferred.jobId());
    assertThat(abandonments.all(JobAbandonRequested.class))
        .filteredOn(asked -> asked.jobId().equals(running))
        .singleElement()
        .satisfies(asked -> assertThat(asked.reason()).contains("takes its place"));
    assertThat(queued(id.configurationId())).hasSize(1);

    tell(new JobCancelled(running, 1, 5, "abandoned", "agent-1", Instant.now()));

    await().atMost(Duration.ofSeconds(2)).until(() -> queued(id.configurationId()).size() == 2);
    assertThat(queued(id.configurationId()).getLast())
        .satisfies(job -> {
          assertThat(job.jobId()).isEqualTo(deferred.jobId());
          assertThat(job.scheduledFor()).isEqualTo(deferred.scheduledFor());
        });
  }

  @Test
  void aJobThatWaitsIsHeldByAPauseAndCancelledWhenItsScheduleIsRemoved() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"overlap\":\"queue\",\"cron\":\"@every_second\"");
    await().until(() -> decided(id).size() >= 2);
    String name = "{\"id\":\"" + id + "\"";
    first.send("POST", "/job-types/pause", name + ",\"reason\":\"moving\"}");
    UUID running = decided(id).getFirst().jobId();
    UUID waiting = decided(id).get(1).jobId();
    tell(new JobCompleted(running, 1, 5, Instant.now()));
    await().during(Duration.ofSeconds(2)).until(() -> queued(id.configurationId()).size() == 1);

    second.send("POST", "/job-types/remove", ids(id.toString()));

    await().until(() -> queued(id.configurationId()).size() == 2);
    assertThat(queued(id.configurationId()).getLast().jobId()).isEqualTo(waiting);
    await()
        .untilAsserted(() ->
            assertThat(abandonments.all(JobAbandonRequested.class))
                .filteredOn(asked -> asked.jobId().equals(waiting))
                .singleElement()
                .satisfies(asked -> assertThat(asked.reason()).contains("removed")));
  }

  @Test
  void aJobWhoseRunFailedIsQueuedAgainAsOftenAsItsPolicySays() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"retries\":2,\"retryDelay\":\"00:00:01\",\"longestRun\":\"00:10:00\"");
    first.send("POST", "/job-types/trigger", ids(id.toString()));
    JobQueued job = queued(id.configurationId()).getFirst();
    assertThat(job.longestRun()).hasToString("00:10:00");

    tell(new JobFailed(job.jobId(), 1, 0, "broken", false, Instant.now()));
    tell(new JobFailed(job.jobId(), 1, 0, "broken", false, Instant.now()));
    await().until(() -> queued(id.configurationId()).size() == 2);
    tell(new JobFailed(job.jobId(), 12, 0, "broken", false, Instant.now()));
    await().until(() -> queued(id.configurationId()).size() == 3);
    tell(new JobFailed(job.jobId(), 21, 0, "broken", false, Instant.now()));

    await().during(Duration.ofSeconds(3)).until(() -> queued(id.configurationId()).size() == 3);
    assertThat(queued(id.configurationId()))
        .allMatch(again -> again.jobId().equals(job.jobId()))
        .extracting(JobQueued::attempt)
        .containsExactly(1, 11, 21);
    assertThat(runs.all(JobRetryScheduled.class))
        .filteredOn(retry -> retry.jobId().equals(job.jobId()))
        .extracting(JobRetryScheduled::attempt, JobRetryScheduled::reason)
        .containsExactly(tuple(11, "retry 1 of 2"), tuple(21, "retry 2 of 2"));
  }

  @Test
  void aFailureTheAgentCallsFinalIsNotTriedAgain() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"retryDelay\":\"00:00:01\"");
    first.send("POST", "/job-types/trigger", ids(id.toString()));
    JobQueued job = queued(id.configurationId()).getFirst();
    tell(new JobFailed(job.jobId(), 1, 0, "the account is closed", true, Instant.now()));
    await().during(Duration.ofSeconds(3)).until(() -> queued(id.configurationId()).size() == 1);
  }

  @Test
  void policiesAreShownChangedAndGuarded() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    String name = "{\"id\":\"" + id + "\",";
    JsonNode changed =
        json(
            first.send(
                "PATCH",
                "/job-types/details",
                name + "\"missedOccurrences\":\"ALL\",\"timeZone\":\"Europe/Copenhagen\"}"));
    assertThat(changed.get("MissedOccurrences").asString()).isEqualTo("all");
    assertThat(changed.get("CatchUp").asString()).isEqualTo("1.00:00:00");
    assertThat(changed.get("NextExecution").asString()).endsWith("-12-31T23:00:00Z");
    for (String wrong :
        List.of(
            "\"missedOccurrences\":\"some\"}",
            "\"catchUp\":\"soon\"}",
            "\"spread\":\"2.00:00:00\"}",
            "\"timeZone\":\"Mars\"}",
            "\"cron\":\"61 * * * *\"}",
            "\"overlap\":\"maybe\"}",
            "\"retries\":101}",
            "\"retries\":-1}",
            "\"retryDelay\":\"00:00:00\"}",
            "\"retryDelay\":\"01:00:01\"}",
            "\"longestRun\":\"long\"}",
            "\"alarm\":\"-1\"}",
            "\"nothing\":1}")) {
      HttpResponse<String> answer = first.send("PATCH", "/job-types/details", name + wrong);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }
    assertThat(first.send("POST", "/job-types/pause", name + "\"reason\":\" \"}").statusCode())
        .isEqualTo(400);
    assertThat(json(first.get("/job-types/details")))
        .filteredOn(type -> type.get("Id").asString().equals(id.toString()))
        .containsExactly(changed);
  }

  @Test
  void everyOccurrenceFiresOnceThoughASchedulerIsKilledInTheMiddle() {
    int count = 2_000;
    Set<UUID> configurations =
        IntStream.range(0, count).mapToObj(i -> UUID.randomUUID()).collect(Collectors.toSet());
    ZonedDateTime due = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30);
    String cron = "%d %d %d * * *".formatted(due.getSecond(), due.getMinute(), due.getHour());
    configurations.forEach(configuration -> send(enabled(configuration, cron)));
    await()
        .atMost(Duration.ofSeconds(25))
        .until(
            () -> list().filter(type -> type.get("Cron").asString().equals(cron)).count() == count);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !queue.of(configurations).isEmpty());
    first.kill();
    assertThat(queue.of(configurations)).hasSizeLessThan(count);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(queue.of(configurations)).hasSizeGreaterThanOrEqualTo(count));
    first = start("scheduler-1-again");
    await().atMost(Duration.ofSeconds(60)).until(first::isReady);
    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(8))
        .until(() -> queue.of(configurations).size() == count);
    List<JobQueued> jobs = queue.of(configurations);
    assertThat(jobs.stream().map(JobQueued::jobId).distinct()).hasSize(count);
    assertThat(jobs)
        .allMatch(job -> due.toInstant().getEpochSecond() == job.scheduledFor().getEpochSecond());
  }

  private static void change(JobTypeId id, String policy) {
    HttpResponse<String> answer =
        first.send("PATCH", "/job-types/details", "{\"id\":\"%s\",%s}".formatted(id, policy));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void tell(RunEvent event) {
    producer.send(new ProducerRecord<>(Topics.JOB_EVENTS, event.key(), event));
    producer.flush();
  }

  private static List<OccurrenceDecided> decided(JobTypeId id) {
    return ledger.all(OccurrenceDecided.class).stream()
        .filter(one -> one.jobTypeId().equals(id))
        .toList();
  }

  private static ServiceProcess start(String name) {
    return ServiceProcess.start(name, SchedulerService.class, DATABASE, SMALL_BATCHES);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private static JobTypeId enable(UUID configuration, String cron) {
    return enable(configuration, cron, configuration);
  }

  private static JobTypeId enable(UUID configuration, String cron, UUID provider) {
    IntegrationEnabled event = enabled(configuration, cron, provider);
    send(event);
    await().until(() -> inList(event.jobTypeId()) != null);
    return event.jobTypeId();
  }

  private static IntegrationEnabled enabled(UUID configuration, @Nullable String cron) {
    return enabled(configuration, cron, configuration);
  }

  private static IntegrationEnabled enabled(
      UUID configuration, @Nullable String cron, UUID provider) {
    return new IntegrationEnabled(
        configuration,
        configuration,
        configuration,
        provider,
        "HubSpot",
        "Tim Ward",
        cron,
        null,
        null,
        null,
        Instant.now());
  }

  private static IntegrationEnabled enabledAs(
      UUID configuration, String name, String configurationName) {
    return new IntegrationEnabled(
        configuration,
        configuration,
        configuration,
        configuration,
        name,
        configurationName,
        YEARLY,
        null,
        null,
        null,
        Instant.now());
  }

  /// The ids of a page.
  ///
  /// @param total how many there are in all
  private static List<JobTypeId> look(String query, int total) {
    HttpResponse<String> page = first.get("/job-types/details?" + query);
    assertThat(page.headers().firstValue("X-Total-Count")).as(page.body()).hasValue("" + total);
    return json(page).valueStream().map(it -> JobTypeId.parse(it.get("Id").asString())).toList();
  }

  private static String detail(JobTypeId id) {
    return "/job-types/detail?id=" + id.toString().replace("|", "%7C");
  }

  private static String named(JobTypeId id) {
    return "{\"id\":\"" + id + "\"}";
  }

  private static void send(Event event) {
    producer.send(new ProducerRecord<>(Topics.INTEGRATIONS, event.key(), event));
    producer.flush();
  }

  private static List<JobQueued> queued(UUID configuration) {
    return await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> queue.of(Set.of(configuration)), jobs -> !jobs.isEmpty());
  }

  private static @Nullable JsonNode inList(JobTypeId id) {
    return list()
        .filter(type -> type.get("Id").asString().equals(id.toString()))
        .findFirst()
        .orElse(null);
  }

  private static Stream<JsonNode> list() {
    return StreamSupport.stream(json(second.get("/job-types")).spliterator(), false);
  }

  private static String ids(String... ids) {
    return Stream.of(ids)
        .map(id -> '"' + id + '"')
        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }

  private static List<String> deadLetters(String topic, String key) {
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
          .map(SchedulerIT::cause)
          .toList();
    }
  }

  private static String cause(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("dlq_cause").value(), UTF_8);
  }
}

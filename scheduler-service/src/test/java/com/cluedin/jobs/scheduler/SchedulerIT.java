package com.cluedin.jobs.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Topics;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What callers ask of the schedulers, and change.
class SchedulerIT extends TwoSchedulers {

  @Test
  void anEnabledIntegrationIsInTheList() {
    IntegrationEnabled event = enabled(UUID.randomUUID(), null);
    send(event);
    JsonNode shown = await().until(() -> inList(event.jobTypeId()), found -> found != null);
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
  void aTriggerWhoseTransactionTheDatabaseRefusesIsDecidedAnewAndQueuesOneJob()
      throws SQLException {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    List<String> jobs = new ArrayList<>();
    try (Connection database = database();
        Statement statement = database.createStatement()) {
      statement.execute(
          """
          CREATE SEQUENCE attempt;
          CREATE FUNCTION refuse_two_of_three() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NEW.job_type_id = '%s' AND nextval('scheduler.attempt') %% 3 <> 0 THEN
                RAISE foreign_key_violation;
              END IF;
              RETURN NEW;
            END $$;
          CREATE TRIGGER refuse BEFORE INSERT ON open_job
            FOR EACH ROW EXECUTE FUNCTION refuse_two_of_three()
          """
              .formatted(id));
      try {
        Stream.generate(() -> trigger(id)).limit(10).forEach(jobs::add);
        assertThat(number(statement, "SELECT last_value FROM attempt")).isEqualTo(3 * jobs.size());
        assertThat(
                number(
                    statement,
                    "SELECT count(*) FROM open_job WHERE job_type_id = '%s'".formatted(id)))
            .isEqualTo(jobs.size());
        assertThat(inList(id).get("LastJobId").asString()).isEqualTo(jobs.getLast());
      } finally {
        statement.execute(
            """
            DROP TRIGGER refuse ON open_job;
            DROP FUNCTION refuse_two_of_three;
            DROP SEQUENCE attempt
            """);
      }
    }
    jobs.add(trigger(id));
    await().until(() -> queue.of(Set.of(id.configurationId())).size() >= jobs.size());
    assertThat(queue.of(Set.of(id.configurationId())))
        .extracting(job -> job.jobId().toString())
        .containsExactlyInAnyOrderElementsOf(jobs);
  }

  @Test
  void whoWaitsForOneOfSeveralJobTypesTriggersAllOfThemAfterThat() throws Exception {
    List<JobTypeId> types =
        Stream.of(enable(UUID.randomUUID(), YEARLY), enable(UUID.randomUUID(), YEARLY))
            .sorted(Comparator.comparing(JobTypeId::toString))
            .toList();
    Instant released;
    Future<HttpResponse<String>> answer;
    try (Connection database = database();
        Statement statement = database.createStatement();
        ExecutorService person = Executors.newVirtualThreadPerTaskExecutor()) {
      database.setAutoCommit(false);
      statement.execute(
          "SELECT FROM job_type WHERE id = '%s' FOR UPDATE".formatted(types.getLast()));
      answer =
          person.submit(() ->
              first.send(
                  "POST",
                  "/job-types/trigger",
                  ids(types.getFirst().toString(), types.getLast().toString())));
      String waitingForThis =
          """
          SELECT count(*) FROM pg_locks
          WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
          """;
      await()
          .during(Duration.ofMillis(200)) // times of jobs are compared in milliseconds
          .until(() -> number(statement, waitingForThis) > 0);
      try (ResultSet time = statement.executeQuery("SELECT clock_timestamp()")) {
        time.next();
        released = time.getObject(1, OffsetDateTime.class).toInstant();
      }
      database.commit();
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    assertThat(types)
        .allSatisfy(id ->
            assertThat(queued(id.configurationId()))
                .singleElement()
                .satisfies(
                    job -> assertThat(job.at()).isAfterOrEqualTo(released.truncatedTo(MILLIS))));
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  /// @return the id of the job
  private static String trigger(JobTypeId id) {
    HttpResponse<String> answer = first.send("POST", "/job-types/trigger", ids(id.toString()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/triggered/0/jobId").asString();
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
    change(ids.get(0), "\"cron\":\"1 * * * *\""); // paused, so it is never fired
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
}

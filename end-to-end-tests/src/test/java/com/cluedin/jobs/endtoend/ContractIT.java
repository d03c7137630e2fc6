package com.cluedin.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.endtoend.Api.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The documented HTTP contract, line by line, against the started system.
class ContractIT {

  private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String UTC_TIME =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,6}[1-9])?Z";
  private static final String OFFSET_TIME = UTC_TIME.replace("Z", "\\+00:00");
  private static final String CRAWLING = "/api/v1/hangfire/jobs/crawling";
  private static final String NOBODY = "nobody";

  private final Api api = Stack.api();

  @BeforeAll
  static void waitLonger() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
  }

  // GET api/v1/hangfire/jobs/crawling

  @Test
  void aJobTypeHasTheDocumentedPropertiesAndNoOther() {
    String id = api.enable(Api.integration(NOBODY).put("alarm", "1.02:03:04"));

    JsonNode fresh = api.jobType(id);
    assertThat(fresh.propertyNames())
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
    assertThat(fresh.get("Id").asString()).matches("%1$s\\|%1$s\\|%1$s".formatted(GUID));
    assertThat(fresh.get("ConfigurationId").asString()).isEqualTo(Api.configurationOf(id));
    assertThat(fresh.get("OrganizationId").asString())
        .isEqualTo("e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97");
    assertThat(fresh.get("Queue").asString()).isEqualTo(NOBODY);
    assertThat(fresh.get("Alarm").asString()).isEqualTo("1.02:03:04");
    assertThat(fresh.get("CreatedAt").asString()).matches(UTC_TIME);
    assertThat(fresh.get("NextExecution").asString()).endsWith("-01-01T00:00:00Z");
    assertThat(fresh.get("LastJobId").isNull()).isTrue();
    assertThat(fresh.get("LastExecution").isNull()).isTrue();

    String job = api.trigger(id);
    JsonNode triggered = api.jobType(id);
    assertThat(triggered.get("LastJobId").asString()).isEqualTo(job);
    assertThat(triggered.get("LastExecution").asString()).matches(UTC_TIME);
    assertThat(triggered.get("NextExecution")).isEqualTo(fresh.get("NextExecution"));
  }

  @Test
  void aNewIntegrationRunsEveryFourHoursFromTheMinuteItWasEnabled() {
    ObjectNode integration = Api.integration(NOBODY).without(List.of("cron", "queue"));

    JsonNode jobType = api.jobType(api.enable(integration));

    Instant created = Instant.parse(jobType.get("CreatedAt").asString());
    assertThat(jobType.get("Cron").asString())
        .isEqualTo(created.atOffset(java.time.ZoneOffset.UTC).getMinute() + " 0/4 * * *");
    assertThat(jobType.get("Queue").asString()).isEqualTo("default");
    assertThat(jobType.get("Alarm").asString()).isEqualTo("00:00:00");
  }

  @Test
  void anEnabledIntegrationIsInTheListWithinASecond() {
    api.enable(NOBODY); // by then the system has settled
    long[] nanos = new long[5];
    for (int i = 0; i < nanos.length; i++) {
      long before = System.nanoTime();
      String id =
          api.json("POST", "/api/v1/integrations", Api.integration(NOBODY).toString())
              .json()
              .get("Id")
              .asString();
      await()
          .pollInterval(Duration.ofMillis(50))
          .until(() -> api.jobTypes().anyMatch(type -> type.get("Id").asString().equals(id)));
      nanos[i] = System.nanoTime() - before;
    }

    Arrays.sort(nanos); // one may have fallen into a pause of the machine
    assertThat(Duration.ofNanos(nanos[nanos.length - 2])).isLessThan(Duration.ofSeconds(1));
  }

  // POST hangfire/recurring/trigger and remove

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/hangfire/recurring/trigger jobIds[]",
        "/hangfire/recurring/trigger jobIds%5B%5D",
        "/hangfire/recurring/trigger jobIds",
        "/hangfire/recurring/trigger jobs[]",
        "/api/v1/hangfire/recurring/trigger jobIds[]"
      })
  void triggersWhatAFormNames(String pathAndField) {
    String path = pathAndField.split(" ")[0];
    String field = pathAndField.split(" ")[1];
    String one = api.enable(NOBODY);
    String other = api.enable(NOBODY);

    Answer answer = api.form(path, Api.fields(field, one, "unknown", other, one));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode body = answer.json();
    assertThat(body.propertyNames()).containsExactly("triggered", "notFound");
    assertThat(body.get("triggered"))
        .extracting(done -> done.get("id").asString())
        .containsExactlyInAnyOrder(one, other);
    assertThat(body.at("/triggered/0/jobId").asString()).matches(GUID);
    assertThat(body.get("notFound").toString()).isEqualTo("[\"unknown\"]");
    api.awaitStatus(one, "Queued");
    assertThat(api.jobsOf(one)).hasSize(1);
  }

  @Test
  void takesIdsRawAsWellAsEncodedAndTheBareConfigurationWhereItIsTheOnlyOne() {
    String id = api.enable(NOBODY);

    assertThat(api.form("/hangfire/recurring/trigger", "jobIds[]=" + id).status()).isEqualTo(200);
    assertThat(
            api.form("/hangfire/recurring/trigger", "jobIds[]=" + Api.configurationOf(id)).status())
        .isEqualTo(200);
    assertThat(await().until(() -> api.jobsOf(id), jobs -> jobs.size() == 2)).hasSize(2);
  }

  @Test
  void aConfigurationWithSeveralJobTypesIsAmbiguous() {
    ObjectNode integration = Api.integration(NOBODY);
    String one = api.enable(integration);
    String other = api.enable(integration.put("providerId", UUID.randomUUID().toString()));

    Answer trigger =
        api.form("/hangfire/recurring/trigger", "jobIds[]=" + Api.configurationOf(one));
    Answer patch =
        api.json(
            "PATCH",
            CRAWLING,
            "{\"id\":\"%s\",\"cron\":\"5 5 * * *\"}".formatted(Api.configurationOf(one)));

    for (Answer answer : List.of(trigger, patch)) {
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.detail()).contains("2 job types");
      assertThat(answer.json().get("candidates").toString()).contains(one, other);
    }
    assertThat(api.jobsOf(one)).isEmpty();
  }

  @Test
  void removesAScheduleAndBringsItBackAsItWas() {
    ObjectNode integration = Api.integration(NOBODY);
    String id = api.enable(integration);
    String job = api.trigger(id);
    api.json("PATCH", CRAWLING, "{\"id\":\"%s\",\"cron\":\"5 5 * * *\"}".formatted(id));
    JsonNode before = api.jobType(id);

    Answer removed = api.form("/hangfire/recurring/remove", Api.fields("jobIds[]", id, "unknown"));

    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.text())
        .isEqualTo("{\"removed\":[\"%s\"],\"notFound\":[\"unknown\"]}".formatted(id));
    assertThat(api.jobTypes()).noneMatch(type -> type.get("Id").asString().equals(id));
    assertThat(api.form("/hangfire/recurring/remove", Api.fields("jobIds[]", id)).status())
        .isEqualTo(404);
    api.awaitStatus(id, "Queued"); // the job that was queued goes on

    api.enable(integration);
    JsonNode back = api.jobType(id);
    for (String property : List.of("Cron", "CreatedAt", "LastExecution", "NextExecution")) {
      assertThat(back.get(property)).as(property).isEqualTo(before.get(property));
    }
    assertThat(back.get("LastJobId").asString()).isEqualTo(job);
  }

  @Test
  void disablingAnIntegrationEndsItsSchedules() {
    String id = api.enable(NOBODY);

    assertThat(api.delete("/api/v1/integrations/" + Api.configurationOf(id)).status())
        .isEqualTo(202);

    await().until(() -> api.jobTypes().noneMatch(type -> type.get("Id").asString().equals(id)));
    assertThat(api.delete("/api/v1/integrations/nonsense").status()).isEqualTo(400);
  }

  @Test
  void refusesFormsThatNameNothing() {
    for (String path : List.of("/hangfire/recurring/trigger", "/hangfire/recurring/remove")) {
      assertThat(api.form(path, "").status()).isEqualTo(400);
      assertThat(api.form(path, "other=1").detail()).contains("jobIds[]");
      assertThat(api.form(path, "jobIds[]=").status()).isEqualTo(400);
      Answer unknown = api.form(path, "jobIds[]=unknown");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.json().get("notFound").toString()).isEqualTo("[\"unknown\"]");
      Answer json = api.json("POST", path, "{\"jobIds\":[\"x\"]}");
      assertThat(json.status()).isEqualTo(415);
      assertThat(json.detail()).contains("application/x-www-form-urlencoded");
    }
  }

  // PATCH api/v1/hangfire/jobs/crawling

  @Test
  void changesTheCronAlone() {
    String id = api.enable(NOBODY);
    api.trigger(id);
    JsonNode before = api.jobType(id);

    Answer answer =
        api.json("PATCH", CRAWLING, "{\"ID\":\"%s\",\"Cron\":\"47 0/4 * * *\"}".formatted(id));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(api.jobType(id));
    assertThat(answer.json().get("Cron").asString()).isEqualTo("47 0/4 * * *");
    Instant next = Instant.parse(answer.json().get("NextExecution").asString());
    assertThat(next).isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(4)));
    assertThat(next.toString()).endsWith(":47:00Z");
    for (String property : List.of("LastJobId", "LastExecution", "CreatedAt", "Queue")) {
      assertThat(answer.json().get(property)).isEqualTo(before.get(property));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0 25 * * *; hour; 25; 0-23",
        "61 * * * *; minute; 61; 0-59",
        "* * 32 * *; day of month; 32; 1-31",
        "* * * FOO *; month; FOO; JAN-DEC",
        "* * * * 9; day of week; 9; 0-7",
        "nonsense; expression; nonsense; 5 fields"
      })
  void aWrongCronIsRefusedWithTheFieldTheTextAndWhatIsAllowed(
      String cron, String field, String text, String allowed) {
    String id = api.enable(NOBODY);

    Answer answer =
        api.json("PATCH", CRAWLING, "{\"id\":\"%s\",\"cron\":\"%s\"}".formatted(id, cron));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).contains(text).contains(allowed);
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
    assertThat(api.jobType(id).get("Cron").asString()).isEqualTo("0 0 1 1 *");
  }

  @Test
  void refusesOtherWrongCronChanges() {
    assertThat(api.json("PATCH", CRAWLING, "{\"cron\":\"* * * * *\"}").detail()).contains("id");
    assertThat(api.json("PATCH", CRAWLING, "{\"id\":\"x\"}").detail()).contains("cron");
    assertThat(api.json("PATCH", CRAWLING, "{\"id\":\"x\",\"cron\":\"* * * * *\"}").status())
        .isEqualTo(404);
    assertThat(api.json("PATCH", CRAWLING, "{\"id\":").status()).isEqualTo(400);
    assertThat(api.json("PATCH", CRAWLING, "").status()).isEqualTo(400);
    assertThat(api.body("PATCH", CRAWLING, "text/plain", "x").status()).isEqualTo(415);
  }

  // GET api/v1/jobs and api/v1/jobstatecount

  @Test
  void aJobHasTheDocumentedPropertiesAndNoOther() {
    String id = api.enable("default");
    String job = api.trigger(id);

    JsonNode completed = api.awaitStatus(id, "Completed");

    assertThat(completed.propertyNames())
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
    assertThat(completed.get("Id").asString()).isEqualTo(job);
    assertThat(completed.get("JobRunId").asString()).matches(GUID).isNotEqualTo(job);
    assertThat(completed.get("Job").asString()).isEqualTo("HubSpot");
    assertThat(completed.get("ConfigurationName").asString()).isEqualTo("Tim Ward");
    assertThat(completed.get("Progress").isIntegralNumber()).isTrue();
    assertThat(completed.get("Progress").asLong()).isPositive();
    for (String time : List.of("QueuedAt", "StartedAt", "FinishedAt")) {
      assertThat(completed.get(time).asString()).matches(OFFSET_TIME);
    }
  }

  @Test
  void whatIsNotThereIsNullAndNeverLeftOut() {
    String id = api.enable(Api.integration(NOBODY).putNull("configurationName"));
    api.trigger(id);

    JsonNode queued = api.awaitStatus(id, "Queued");

    for (String property : List.of("ConfigurationName", "StartedAt", "FinishedAt")) {
      assertThat(queued.has(property)).isTrue();
      assertThat(queued.get(property).isNull()).isTrue();
    }
    assertThat(queued.get("Progress").asLong()).isZero();
  }

  @Test
  void pagesFromTheNewestOn() {
    String id = api.enable(NOBODY);
    String configuration = Api.configurationOf(id);
    List<String> newestFirst =
        IntStream.range(0, 7).mapToObj(_ -> api.trigger(id)).toList().reversed();
    await().until(() -> api.jobsOf(id).size() == 7);
    String query = "/api/v1/jobs?configurationId=" + configuration;

    Answer middle = api.get(query + "&page=1&take=3");

    assertThat(middle.elements().map(job -> job.get("Id").asString()))
        .isEqualTo(newestFirst.subList(3, 6));
    assertThat(middle.header("X-Total-Count")).isEqualTo("7");
    assertThat(middle.header("Link"))
        .containsPattern("[?&]page=0[^,]*>; rel=\"first\"")
        .containsPattern("[?&]page=0[^,]*>; rel=\"prev\"")
        .containsPattern("[?&]page=2[^,]*>; rel=\"next\"")
        .containsPattern("[?&]page=2[^,]*>; rel=\"last\"");
    assertThat(api.get(query + "&page=2&take=3").elements()).hasSize(1);
    assertThat(api.get(query + "&page=2&take=3").header("Link")).doesNotContain("rel=\"next\"");
    assertThat(api.get(query + "&page=9&take=3").text()).isEqualTo("[]");
    assertThat(api.get(query + "&page=9&take=3").header("X-Total-Count")).isEqualTo("7");
    assertThat(api.get(query).elements()).hasSize(7);
    assertThat(api.get(query + "&state=Queued").header("X-Total-Count")).isEqualTo("7");
    assertThat(api.get(query + "&state=Completed").text()).isEqualTo("[]");
  }

  @Test
  void twentyRowsAreAPageUnlessSomebodyAsksForMore() {
    String id = api.enable(NOBODY);
    IntStream.range(0, 25).forEach(_ -> api.trigger(id));
    await().until(() -> api.jobsOf(id).size() == 25);

    String query = "/api/v1/jobs?configurationId=" + Api.configurationOf(id);
    assertThat(api.get(query).elements()).hasSize(20);
    assertThat(api.get(query + "&page=1").elements()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=-1",
        "page=one",
        "page=99999999999",
        "take=0",
        "take=1001",
        "take=-5",
        "state=asleep",
        "configurationId=nonsense"
      })
  void refusesListsThatCannotBe(String query) {
    Answer answer = api.get("/api/v1/jobs?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).contains(query.substring(0, query.indexOf('=')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=&take=",
        "state=null&configurationId=null",
        "state=&configurationId=",
        "take=1000"
      })
  void takesWhatMeansAll(String query) {
    api.trigger(api.enable(NOBODY));

    await().untilAsserted(() -> assertThat(total(query)).isEqualTo(total("")).isNotEqualTo("0"));
  }

  @ParameterizedTest
  @CsvSource({"qUEUED, Queued", "Running, Executing", "stopped, Cancelled"})
  void takesStatesInAnyCaseAndUnderTheirOtherNames(String other, String state) {
    String id = api.enable(NOBODY);
    String job = api.trigger(id);
    api.abandon(api.awaitStatus(id, "Queued").get("JobRunId").asString(), job);
    api.trigger(id);
    String executing = api.enable("slow");
    job = api.trigger(executing);
    String run = api.awaitStatus(executing, "Executing").get("JobRunId").asString();
    api.awaitStatus(id, "Queued");

    await()
        .untilAsserted(() ->
            assertThat(total("state=" + other))
                .isEqualTo(total("state=" + state))
                .isNotIn("0", total("")));
    api.abandon(run, job);
  }

  @Test
  void countsAreTheLengthsOfTheLists() {
    String id = api.enable("failing");
    api.change(id, "{\"retries\":0}");
    api.trigger(id);
    api.awaitStatus(id, "Failed");

    await()
        .untilAsserted(() -> {
          JsonNode counts = api.get("/api/v1/jobstatecount").json();
          assertThat(counts.propertyNames())
              .containsExactly("completed", "executing", "failed", "queued", "cancelled");
          for (String state : counts.propertyNames()) {
            assertThat(api.get("/api/v1/jobs?take=1&state=" + state).header("X-Total-Count"))
                .as(state)
                .isEqualTo(counts.get(state).asString());
          }
          assertThat(counts.get("failed").asLong()).isPositive();
        });
  }

  // PATCH api/v1/jobs/abandonwork

  @Test
  void abandonsAQueuedJobAtOnce() {
    String id = api.enable(NOBODY);
    String job = api.trigger(id);
    String run = api.awaitStatus(id, "Queued").get("JobRunId").asString();

    assertThat(api.abandon(run, job).status()).isEqualTo(200);

    assertThat(api.jobsOf(id).getFirst().get("Status").asString()).isEqualTo("Cancelled");
    assertThat(api.abandon(run, job).status()).isEqualTo(200);
    assertThat(api.jobsOf(id).getFirst().get("FinishedAt").isNull()).isFalse();
  }

  @Test
  void abandonsAnExecutingJobInTwoSeconds() {
    String id = api.enable("slow");
    String job = api.trigger(id);
    JsonNode executing = api.awaitStatus(id, "Executing");
    assertThat(executing.get("FinishedAt").isNull()).isTrue();
    await().until(() -> api.jobsOf(id).getFirst().get("Progress").asLong() > 0);

    Answer answer = api.abandon(executing.get("JobRunId").asString(), job);

    assertThat(answer.status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> api.jobsOf(id).getFirst().get("Status").asString().equals("Cancelled"));
  }

  @Test
  void refusesToAbandonWhatIsNotThereOrHasEnded() {
    String id = api.enable("default");
    String job = api.trigger(id);
    String run = api.awaitStatus(id, "Completed").get("JobRunId").asString();
    String other = UUID.randomUUID().toString();

    assertThat(api.abandon(run, job).status()).isEqualTo(409);
    assertThat(api.abandon(run, job).detail()).contains("completed");
    assertThat(api.abandon(run, other).status()).isEqualTo(404);
    assertThat(api.abandon(other, job).status()).isEqualTo(404);
    assertThat(api.abandon("nonsense", job).status()).isEqualTo(400);
    assertThat(api.json("PATCH", "/api/v1/jobs/abandonwork", "{}").status()).isEqualTo(400);
    assertThat(api.body("PATCH", "/api/v1/jobs/abandonwork", "text/plain", "x").status())
        .isEqualTo(415);
  }

  // Beyond the document

  @Test
  void showsTheExecutingJobsAndTheRunsOfAJob() {
    String id = api.enable("slow");
    String job = api.trigger(id);
    JsonNode executing = api.awaitStatus(id, "Executing");

    Answer list = api.get("/api/v1/jobs/executing?configurationId=" + Api.configurationOf(id));
    assertThat(list.elements().map(one -> one.get("Id").asString())).containsExactly(job);

    for (String either : List.of(job, executing.get("JobRunId").asString())) {
      JsonNode runs = api.get("/api/v1/jobrun?id=" + either).json();
      assertThat(runs).hasSize(1);
      assertThat(runs.get(0).get("Agent").asString()).startsWith("agent-2");
      assertThat(runs.get(0).get("Attempt").asInt()).isEqualTo(1);
    }
    assertThat(api.get("/api/v1/jobrun?id=" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.get("/api/v1/jobrun?id=nonsense").status()).isEqualTo(400);
    assertThat(api.get("/api/v1/jobrun").status()).isEqualTo(400);
    api.abandon(executing.get("JobRunId").asString(), job);
  }

  @ParameterizedTest
  @ValueSource(strings = {"configurationId", "organizationId", "userId", "providerId", "name"})
  void anIntegrationNeedsItsFields(String field) {
    Answer missing =
        api.json(
            "POST",
            "/api/v1/integrations",
            Api.integration(NOBODY).without(List.of(field)).toString());

    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.detail()).contains(field);
  }

  @ParameterizedTest
  @CsvSource({
    "configurationId, nonsense",
    "cron, 0 25 * * *",
    "timeZone, Europe/Atlantis",
    "queue, UPPER CASE",
    "alarm, soon"
  })
  void anIntegrationIsCheckedBeforeItIsTaken(String field, String value) {
    ObjectNode integration = Api.integration(NOBODY).put(field, value);

    Answer answer = api.json("POST", "/api/v1/integrations", integration.toString());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.detail()).isNotBlank();
  }

  @Test
  void errorsAreProblemDetails() {
    assertThat(api.get("/api/v1/nothing").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/nothing").detail()).isNotBlank();
    Answer method = api.json("POST", "/api/v1/jobs", "{}");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).contains("GET");
    assertThat(method.detail()).isNotBlank();
    String tooMuch = "{\"id\":\"" + "x".repeat(2_000_000) + "\"}";
    Answer body = api.json("PATCH", CRAWLING, tooMuch);
    assertThat(body.status()).isEqualTo(413);
    assertThat(body.detail()).isNotBlank();
    assertThat(api.form("/hangfire/recurring/trigger", "jobIds[]=" + tooMuch).status())
        .isEqualTo(413);
  }

  @Test
  void describesItself() {
    JsonNode description = api.get("/v3/api-docs").json();

    assertThat(description.get("paths").propertyNames())
        .contains(
            CRAWLING,
            "/hangfire/recurring/trigger",
            "/hangfire/recurring/remove",
            "/api/v1/jobstatecount",
            "/api/v1/jobs",
            "/api/v1/jobs/abandonwork",
            "/api/v1/jobs/executing",
            "/api/v1/jobrun",
            "/api/v1/integrations");
    assertThat(api.get("/swagger-ui.html").status()).isIn(200, 302);
  }

  private String total(String query) {
    Answer answer = api.get("/api/v1/jobs?" + query);
    assertThat(answer.status()).isEqualTo(200);
    return answer.header("X-Total-Count");
  }
}

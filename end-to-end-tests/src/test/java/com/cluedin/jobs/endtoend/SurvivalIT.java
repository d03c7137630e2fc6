package com.cluedin.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.endtoend.Api.Answer;
import com.cluedin.jobs.stack.LocalStack;
import com.cluedin.jobs.stack.StackProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the system does when parts of it die.
class SurvivalIT {

  private final LocalStack stack = Stack.get();
  private final Api api = Stack.api();

  @BeforeAll
  static void waitLonger() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  @AfterEach
  void heal() {
    Stream.of(
            "kafka",
            "postgres",
            "scheduler-1",
            "scheduler-2",
            "tracker-1",
            "tracker-2",
            "gateway",
            "agent-3",
            "agent-4")
        .map(stack::process)
        .filter(process -> !process.isAlive())
        .forEach(StackProcess::restart);
  }

  @Test
  void theJobsOfAKilledAgentAreRunByAnother() {
    String jobType = api.enable("fragile");
    List<String> jobs = IntStream.range(0, 10).mapToObj(_ -> api.trigger(jobType)).toList();
    await()
        .until(() ->
            api.jobsOf(jobType).size() == jobs.size() && !statuses(jobType).contains("Queued"));
    Set<String> doomed =
        jobs.stream()
            .filter(job -> stateAndAgentOf(job).equals("Executing agent-3"))
            .collect(Collectors.toSet());
    assertThat(doomed).isNotEmpty();

    stack.process("agent-3").kill();

    await()
        .atMost(Stack.LEASE.plusSeconds(5))
        .untilAsserted(() ->
            assertThat(doomed)
                .allSatisfy(job ->
                    assertThat(stateAndAgentOf(job))
                        .matches("Executing agent-4|Completed .*"))); // the smallest were just done
    for (JsonNode job : api.jobsOf(jobType)) {
      assertThat(job.get("JobRunId")).isEqualTo(newestRun(job.get("Id").asString()).get("Id"));
    }
    await()
        .atMost(Duration.ofSeconds(120)) // the largest have several times the mean's clues
        .until(() -> statuses(jobType).equals(Set.of("Completed")));
    assertThat(doomed)
        .allSatisfy(job -> { // one that waited and died may have got it too
          JsonNode runs = runsOf(job);
          assertThat(runs.get(0).get("Agent").asString()).isEqualTo("agent-3");
          for (int i = 0; i < runs.size() - 1; i++) {
            assertThat(runs.get(i).get("Status").asString()).isEqualTo("Lost");
          }
          assertThat(runs.get(runs.size() - 1).get("Status").asString()).isEqualTo("Completed");
        })
        .anySatisfy(job -> assertThat(runsOf(job).size()).isGreaterThan(1));
    assertThat(api.jobsOf(jobType)).hasSize(10);
    assertCountsAgree();
  }

  @Test
  void answers503WhileAServiceIsAwayAndGoesOnWhenItIsBack() {
    stack.process("tracker-1").kill();
    assertThat(api.get("/api/v1/jobs").status()).isEqualTo(200); // the other one answers
    stack.process("tracker-2").kill();

    for (String path : List.of("/api/v1/jobs", "/api/v1/jobstatecount")) {
      assertUnavailable(api.get(path));
    }
    assertThat(api.get("/api/v1/hangfire/jobs/crawling").status()).isEqualTo(200);
    stack.process("tracker-2").restart();
    await().until(() -> api.get("/api/v1/jobs").status() == 200);

    stack.process("scheduler-1").kill();
    stack.process("scheduler-2").kill();
    assertUnavailable(api.get("/api/v1/hangfire/jobs/crawling"));
    assertUnavailable(api.form("/hangfire/recurring/trigger", "jobIds[]=x"));
    stack.process("scheduler-1").restart();
    await().until(() -> api.get("/api/v1/hangfire/jobs/crawling").status() == 200);
  }

  @Test
  void nothingAnsweredWith200IsLostWhenServicesAreKilled() {
    String jobType = api.enable("default");
    List<String> triggered = new ArrayList<>();
    List<String> victims = List.of("scheduler-1", "tracker-1", "gateway");
    for (int i = 0; i < 90; i++) {
      if (i % 30 == 15) {
        stack.process(victims.get(i / 30)).kill();
      }
      if (i == 80) {
        stack.process("gateway").restart();
      }
      triggerIfPossible(jobType, triggered);
    }

    assertThat(triggered).hasSizeGreaterThan(50);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    api.jobsOf(jobType).stream()
                        .filter(job -> job.get("Status").asString().equals("Completed"))
                        .map(job -> job.get("Id").asString()))
                .containsAll(triggered));
    assertCountsAgree();
  }

  @Test
  void kafkaAndPostgresMayDieAndComeBack() {
    String jobType = api.enable("default");

    stack.process("postgres").kill();
    assertUnavailable(api.get("/api/v1/jobs"));
    await().until(() -> !ready("scheduler-1") && !ready("tracker-1"));
    stack.process("postgres").restart();
    await().until(() -> ready("scheduler-1") && ready("tracker-1"));
    String first = api.trigger(jobType);

    stack.process("kafka").kill();
    await().until(() -> !ready("scheduler-1") && !ready("tracker-1"));
    String second = api.trigger(jobType); // waits in the outbox
    assertThat(api.get("/api/v1/jobs").status()).isEqualTo(200);
    stack.process("kafka").restart();

    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() ->
            assertThat(api.jobsOf(jobType))
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.get("Status").asString()).isEqualTo("Completed"))
                .extracting(job -> job.get("Id").asString())
                .containsExactlyInAnyOrder(first, second));
    await().until(() -> ready("scheduler-1") && ready("tracker-1"));
  }

  @Test
  void aReadModelThatIsGoneIsMadeAgainFromTheLog() throws SQLException {
    String jobType = api.enable("default");
    IntStream.range(0, 50).forEach(_ -> api.trigger(jobType));
    await()
        .until(() ->
            api.jobsOf(jobType).size() == 50 && statuses(jobType).equals(Set.of("Completed")));
    JsonNode counts = api.get("/api/v1/jobstatecount").json();
    stack.process("tracker-1").stop();
    stack.process("tracker-2").stop();
    String rows = fingerprint("job") + fingerprint("earlier_run");

    execute("DROP SCHEMA tracker CASCADE");
    stack.process("tracker-1").restart();
    stack.process("tracker-2").restart();

    await()
        .untilAsserted(
            () -> assertThat(fingerprint("job") + fingerprint("earlier_run")).isEqualTo(rows));
    assertThat(api.get("/api/v1/jobstatecount").json()).isEqualTo(counts);
    assertCountsAgree();
  }

  private void triggerIfPossible(String jobType, List<String> triggered) {
    try {
      Answer answer = api.form("/hangfire/recurring/trigger", "jobIds[]=" + Api.encoded(jobType));
      if (answer.status() == 200) {
        triggered.add(answer.json().at("/triggered/0/jobId").asString());
      } else {
        assertThat(answer.status()).isEqualTo(503);
      }
    } catch (java.io.UncheckedIOException e) {
      assertThat(stack.process("gateway").isAlive()).isFalse();
    }
  }

  private void assertCountsAgree() {
    await()
        .untilAsserted(() -> {
          JsonNode counts = api.get("/api/v1/jobstatecount").json();
          for (String state : counts.propertyNames()) {
            assertThat(api.get("/api/v1/jobs?take=1&state=" + state).header("X-Total-Count"))
                .isEqualTo(counts.get(state).asString());
          }
        });
  }

  private static void assertUnavailable(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).matches("\\d+");
    assertThat(answer.detail()).isNotBlank();
  }

  private Set<String> statuses(String jobType) {
    return api.jobsOf(jobType).stream()
        .map(job -> job.get("Status").asString())
        .collect(Collectors.toSet());
  }

  /// Of its newest run.
  private String stateAndAgentOf(String job) {
    JsonNode run = newestRun(job);
    return run.path("Status").asString("") + " " + run.path("Agent").asString("");
  }

  private JsonNode newestRun(String job) {
    JsonNode runs = runsOf(job);
    return runs.path(runs.size() - 1);
  }

  private JsonNode runsOf(String job) {
    return api.get("/api/v1/jobrun?id=" + job).json();
  }

  private boolean ready(String process) {
    Api itself = new Api(stack.process(process).address());
    return itself.get("/actuator/health/readiness").status() == 200;
  }

  private String fingerprint(String table) throws SQLException {
    try (Connection connection = connect();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM tracker.%s AS t"
                        .formatted(table))) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect()) {
      connection.createStatement().execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(stack.postgresHost(), stack.postgresPort(), stack.postgresDatabase()),
        stack.postgresUser(),
        stack.postgresPassword());
  }
}

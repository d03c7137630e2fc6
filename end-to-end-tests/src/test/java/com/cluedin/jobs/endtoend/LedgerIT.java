package com.cluedin.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.stack.LocalStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Why did it not run? The ledger knows, of every occurrence.
class LedgerIT {

  private final LocalStack stack = Stack.get();
  private final Api api = Stack.api();

  @Test
  void accountsForEveryOccurrenceThroughAPauseOverlapsAndAnOutage() throws InterruptedException {
    String id = api.enable(Api.integration("default").put("cron", "* * * * * *"));
    String path = "/api/v1/job-types/" + Api.encoded(id);
    await().until(() -> decisions(path).size() >= 3);
    JsonNode paused = api.json("POST", path + "/pause", "{\"reason\":\"moving\"}").json();
    assertThat(paused.at("/Paused/Reason").asString()).isEqualTo("moving");
    await().until(() -> count(path, "skipped-paused") >= 3);
    assertThat(api.json("POST", path + "/resume", "").status()).isEqualTo(200);

    stack.process("scheduler-1").kill();
    stack.process("scheduler-2").kill();
    Thread.sleep(Duration.ofSeconds(8));
    stack.process("scheduler-1").restart();
    stack.process("scheduler-2").restart();

    await().atMost(Duration.ofSeconds(60)).until(() -> count(path, "late") >= 1);
    int known = decisions(path).size();
    await().atMost(Duration.ofSeconds(30)).until(() -> decisions(path).size() >= known + 3);
    remove(id);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(
                    decisions(path).stream()
                        .map(decision -> decision.path("JobId").asString(""))
                        .filter(job -> !job.isEmpty()))
                .containsExactlyElementsOf(
                    api.jobsOf(id).stream().map(job -> job.get("Id").asString()).toList()));
    List<Instant> occurrences =
        decisions(path).stream()
            .map(decision -> Instant.parse(decision.get("ScheduledFor").asString()))
            .toList();
    assertThat(occurrences)
        .isEqualTo(
            Stream.iterate(occurrences.getFirst(), at -> at.minusSeconds(1))
                .limit(occurrences.size())
                .toList());
    assertThat(count(path, "fired")).isGreaterThanOrEqualTo(4);
    Set<String> jobs =
        api.jobsOf(id).stream().map(job -> job.get("Id").asString()).collect(Collectors.toSet());
    assertThat(decisions(path))
        .filteredOn(one -> one.get("Decision").asString().equals("skipped-overlap"))
        .isNotEmpty() // what was due in the outage is overdue all at once
        .allMatch(one -> jobs.contains(one.get("Overlaps").asString()));
  }

  /// Two hours without schedulers, as the database tells them: what was due next is put back by so
  /// much while they are down.
  @Test
  void anOutageOfTwoHoursIsMadeUpForAsThePolicySays() throws SQLException {
    String once = everyTenMinutes("once");
    String all = everyTenMinutes("all");
    String none = everyTenMinutes("none");
    stack.process("scheduler-1").kill();
    stack.process("scheduler-2").kill();
    putBackTwoHours(once, all, none);
    stack.process("scheduler-1").restart();
    stack.process("scheduler-2").restart();

    assertMadeUpFor(once, 1);
    assertMadeUpFor(all, 12);
    assertMadeUpFor(none, 0);
    List<JsonNode> newestFirst = api.jobsOf(all);
    for (int i = 1; i < newestFirst.size(); i++) { // they ran one after the other
      assertThat(Instant.parse(newestFirst.get(i).get("FinishedAt").asString()))
          .isBeforeOrEqualTo(Instant.parse(newestFirst.get(i - 1).get("StartedAt").asString()));
    }
    remove(once, all, none); // before they are due again, beside another test
  }

  /// Due in five minutes, so that nothing is while the test runs.
  private String everyTenMinutes(String missed) {
    String id = api.enable(Api.integration("default"));
    int minute = Instant.now().atZone(ZoneOffset.UTC).plusMinutes(5).getMinute() % 10;
    api.change(
        id,
        "{\"missedOccurrences\":\"%s\",\"cron\":\"%d-59/10 * * * *\"}".formatted(missed, minute));
    return id;
  }

  private void remove(String... ids) {
    for (String id : ids) {
      assertThat(api.form("/hangfire/recurring/remove", "jobIds[]=" + Api.encoded(id)).status())
          .isEqualTo(200);
    }
  }

  private void putBackTwoHours(String... ids) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                UPDATE scheduler.job_type SET next_execution = next_execution - interval '2 hours'
                WHERE id = ANY (?)
                """)) {
      statement.setArray(1, connection.createArrayOf("text", ids));
      statement.executeUpdate();
    }
  }

  private void assertMadeUpFor(String id, int jobs) {
    String path = "/api/v1/job-types/" + Api.encoded(id);
    await().atMost(Duration.ofSeconds(60)).until(() -> decisions(path).size() == 12);
    assertThat(count(path, "caught-up")).isEqualTo(jobs);
    assertThat(count(path, "missed")).isEqualTo(12 - jobs);
    assertThat(decisions(path).getFirst().get("Decision").asString())
        .isEqualTo(jobs == 0 ? "missed" : "caught-up");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(api.jobsOf(id))
                .hasSize(jobs)
                .allMatch(job -> job.get("Status").asString().equals("Completed")));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(stack.postgresHost(), stack.postgresPort(), stack.postgresDatabase()),
        stack.postgresUser(),
        stack.postgresPassword());
  }

  private List<JsonNode> decisions(String path) {
    return api.get(path + "/decisions?take=1000").elements().toList();
  }

  private long count(String path, String decision) {
    return decisions(path).stream()
        .filter(one -> one.get("Decision").asString().equals(decision))
        .count();
  }
}

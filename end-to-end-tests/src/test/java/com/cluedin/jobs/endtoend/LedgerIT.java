package com.cluedin.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
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
    assertThat(api.form("/hangfire/recurring/remove", "jobIds[]=" + Api.encoded(id)).status())
        .isEqualTo(200);

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

  private List<JsonNode> decisions(String path) {
    return api.get(path + "/decisions?take=1000").elements().toList();
  }

  private long count(String path, String decision) {
    return decisions(path).stream()
        .filter(one -> one.get("Decision").asString().equals(decision))
        .count();
  }
}

package com.cluedin.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// From a person's click to what the list shows, agents free.
class LatencyIT {

  private static final int TRIGGERS = 200;

  private final Api api = Stack.api();

  @Test
  void aTriggeredJobIsSoonExecuting() {
    String jobType = api.enable("default");
    long[] nanos = new long[TRIGGERS];
    for (int i = -10; i < TRIGGERS; i++) {
      long before = System.nanoTime();
      String job = api.trigger(jobType);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> isTakenUp(jobType, job));
      nanos[Math.max(i, 0)] = System.nanoTime() - before;
    }

    Arrays.sort(nanos);
    double median = nanos[TRIGGERS / 2] / 1e6;
    double p99 = nanos[TRIGGERS * 99 / 100] / 1e6;
    System.out.printf("trigger to Executing: p50 %.0f ms, p99 %.0f ms%n", median, p99);
    assertThat(median).isLessThan(250);
    assertThat(p99).isLessThan(1_000);
  }

  private boolean isTakenUp(String jobType, String job) {
    return api.get("/api/v1/jobs?take=1&configurationId=" + Api.configurationOf(jobType))
        .elements()
        .anyMatch(shown ->
            shown.get("Id").asString().equals(job)
                && !shown.get("Status").asString().equals("Queued"));
  }
}

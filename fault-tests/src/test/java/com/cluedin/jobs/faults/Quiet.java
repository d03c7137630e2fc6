package com.cluedin.jobs.faults;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/// Whether a workload has nothing more to come: schedulers have told everything and heard of every
/// end, the read model has read everything, no job is unfinished, and all that for a while.
final class Quiet implements BooleanSupplier {

  private final Stage stage;
  private final Workload workload;
  private final Duration stable;
  private long since = Long.MIN_VALUE;

  Quiet(Stage stage, Workload workload, Duration stable) {
    this.stage = stage;
    this.workload = workload;
    this.stable = stable;
  }

  @Override
  public boolean getAsBoolean() {
    if (!isNow()) {
      since = Long.MIN_VALUE;
      return false;
    }
    if (since == Long.MIN_VALUE) {
      since = System.nanoTime();
    }
    return System.nanoTime() - since >= stable.toNanos();
  }

  private boolean isNow() {
    ReadModelRows rows = new ReadModelRows(stage);
    return rows.leftOfSchedulers() == 0
        && workload.schedules().stream()
            .map(Workload.Schedule::organization)
            .distinct()
            .allMatch(this::hasEndedAllJobs)
        && rows.behind(TopicLog.read(stage.kafka(), TopicLog.JOBS_AND_DECISIONS).read()).isEmpty();
  }

  private boolean hasEndedAllJobs(UUID organization) {
    Answer answer = stage.apiOf("tracker-1").of(organization).get("/jobs/counts");
    if (answer.status() != 200) {
      return false;
    }
    JsonNode counts = answer.json();
    return counts.get("queued").asLong() == 0 && counts.get("executing").asLong() == 0;
  }
}

package com.cluedin.jobs.faults;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A job as a client sees it.
record Row(UUID id, UUID runId, String status, long progress) {

  static final List<String> BY_RANK =
      List.of("Queued", "Executing", "Cancelled", "Failed", "Completed");

  static Row of(JsonNode json) {
    return new Row(
        UUID.fromString(json.get("Id").asString()),
        UUID.fromString(json.get("JobRunId").asString()),
        json.get("Status").asString(),
        json.get("Progress").asLong());
  }

  /// The number of its run.
  int attempt() {
    return attemptOf(runId);
  }

  static int attemptOf(UUID runId) {
    return (int) (runId.getLeastSignificantBits() & 0xFFF);
  }

  boolean isEnded() {
    return rank(status) > rank("Executing");
  }

  /// The place of a status in the life of a run; what is on the way to an end counts as executing.
  static int rank(String status) {
    int rank = BY_RANK.indexOf(status);
    return rank < 0 ? BY_RANK.indexOf("Executing") : rank;
  }
}

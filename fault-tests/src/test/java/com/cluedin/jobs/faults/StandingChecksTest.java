package com.cluedin.jobs.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StandingChecksTest {

  private static final UUID ORGANIZATION = new UUID(1, 1);
  private static final JsonNode COUNTS =
      new JsonMapper()
          .readTree(
              """
              {"queued": 1, "executing": 0, "cancelled": 2, "failed": 3, "completed": 4}
              """);

  @Test
  void findsNothingWhereEachStateIsCountedAsOftenAsThereAreRows() {
    assertThat(countedWrong(Map.of(0, 1L, 2, 2L, 3, 3L, 4, 4L))).isEmpty();
  }

  @Test
  void findsStatesThatAreCountedWrongThoughTheSumIsRight() {
    assertThat(countedWrong(Map.of(0, 1L, 2, 3L, 3, 2L, 4, 4L)))
        .hasSize(2)
        .anyMatch(finding -> finding.startsWith("cancelled of"))
        .anyMatch(finding -> finding.startsWith("failed of"));
  }

  private static List<String> countedWrong(Map<Integer, Long> rows) {
    return StandingChecks.countedWrong(ORGANIZATION, COUNTS, rows);
  }
}

package com.cluedin.jobs.gateway.live;

import static com.cluedin.jobs.gateway.live.Told.news;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What is remembered for clients that were away for a moment.
class RecentTest {

  private final Recent recent = new Recent();

  @Test
  void allSinceTheLastIdIsTold() {
    UUID first = add("a");
    UUID second = add("b");
    assertThat(recent.since("a", "c").jobs()).containsOnlyKeys(first, second);
    assertThat(recent.since("b", "c").jobs()).containsOnlyKeys(second);
    assertThat(recent.since("c", "c").isEmpty()).isTrue();
    assertThat(recent.since("x", "c")).isNull();
  }

  @Test
  void anIdThatStandsForSeveralTellsAllOfThem() {
    UUID first = add("a");
    UUID second = add("a");
    assertThat(recent.since("a", "a").jobs()).containsOnlyKeys(first, second);
  }

  @Test
  void theOldestIsForgotten() {
    for (int i = 0; i < 1_001; i++) {
      add("id" + i);
    }
    assertThat(recent.since("id0", "end")).isNull();
    assertThat(recent.since("id1", "end").jobs()).hasSize(1_000);
    recent.clear();
    assertThat(recent.since("id5", "end")).isNull();
  }

  private UUID add(String before) {
    UUID job = JobIds.ofRequest(Instant.parse("2026-03-18T14:00:00Z"));
    recent.add(before, news(new JobStarted(job, 1, "agent-1", Instant.EPOCH)));
    return job;
  }
}

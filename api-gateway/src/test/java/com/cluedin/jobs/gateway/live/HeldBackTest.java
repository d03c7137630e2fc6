package com.cluedin.jobs.gateway.live;

import static com.cluedin.jobs.gateway.live.Told.news;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/// What is told, and when, while nobody knows whose a job is.
class HeldBackTest {

  private static final Instant T = Instant.parse("2026-03-18T14:00:00Z");
  private static final UUID OWN = UUID.randomUUID();
  private static final JobTypeId TYPE = new JobTypeId(UUID.randomUUID(), OWN, UUID.randomUUID());
  private static final UUID JOB = JobIds.ofOccurrence(TYPE, T);

  private final Map<UUID, UUID> tracker = new HashMap<>();
  private final List<UUID> asked = new ArrayList<>();
  private final HeldBack heldBack =
      new HeldBack(
          new Owners(job -> {
            asked.add(job);
            return Mono.justOrEmpty(tracker.get(job));
          }));

  @Test
  void aRunThatIsHeardOfBeforeItsJobWaitsForIt() {
    assertThat(heldBack.settle(news(started(JOB)), at(4)).isEmpty()).isTrue();
    assertThat(heldBack.safe(at(5))).isEqualTo(at(4));
    assertThat(heldBack.settle(news(started(JobIds.ofRequest(T))), at(5)).isEmpty()).isTrue();
    News told = heldBack.settle(news(queued()), at(6));
    assertThat(told.view(OWN).jobs()).singleElement().matches(job -> job.agent() != null);
    assertThat(told.view(UUID.randomUUID())).isNull();
    assertThat(heldBack.safe(at(7))).isEqualTo(at(5));
  }

  @Test
  void theTrackerIsAskedOnceForWhatWasQueuedLongAgo() {
    tracker.put(JOB, OWN);
    News told = heldBack.settle(news(started(JOB)), at(4));
    assertThat(told.view(OWN).jobs()).hasSize(1);
    assertThat(heldBack.safe(at(5))).isEqualTo(at(5));
    heldBack.settle(news(started(JOB)), at(5));
    assertThat(asked).containsExactly(JOB);
  }

  @Test
  void whoIsNotKnownIsNotAskedForAgainAtOnce() {
    for (int i = 0; i < 5; i++) {
      heldBack.settle(news(started(JOB)), at(i));
    }
    assertThat(asked).containsExactly(JOB);
    assertThat(heldBack.safe(at(9))).isEqualTo(at(0));
  }

  @Test
  void tooManyMakeOrganizationsReadAgain() {
    Event[] many =
        IntStream.range(0, 1_001).mapToObj(_ -> started(JobIds.ofRequest(T))).toArray(Event[]::new);
    News told = heldBack.settle(news(many), at(4));
    assertThat(told.view(OWN).many()).isOne();
    assertThat(heldBack.safe(at(5))).isEqualTo(at(5));
    assertThat(asked).hasSize(200);
  }

  @Test
  void withoutAuthenticationNothingIsHeldBack() {
    HeldBack open = new HeldBack(new Owners(null));
    assertThat(open.settle(news(started(JOB)), at(4)).view(null).jobs()).hasSize(1);
    assertThat(open.safe(at(5))).isEqualTo(at(5));
  }

  private static JobStarted started(UUID job) {
    return new JobStarted(job, 1, "agent-1", T);
  }

  private static JobQueued queued() {
    return new JobQueued(JOB, TYPE, OWN, "HubSpot", null, "default", null, null, T, null, 1, T);
  }

  private static Position at(long offset) {
    return Position.at("here", Map.of(new TopicPartition(Topics.JOB_EVENTS, 0), offset));
  }
}

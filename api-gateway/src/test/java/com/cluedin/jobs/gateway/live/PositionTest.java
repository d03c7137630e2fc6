package com.cluedin.jobs.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Positions, and the ids they are to clients.
class PositionTest {

  private static final String CLUSTER = "4L6g3nShT-eMCtK--X86sw";
  private static final Position NOWHERE = Position.at(CLUSTER, Map.of());
  private static final Position SOMEWHERE =
      Position.at(
          CLUSTER,
          Map.of(
              part(Topics.JOB_EVENTS, 0), 17L,
              part(Topics.JOB_EVENTS, 5), 4_000_000_000L,
              part(Topics.JOB_ABANDONMENTS, 0), 0L,
              part(Topics.SCHEDULE_DECISIONS, 2), 128L,
              part(Topics.INTEGRATIONS, 1), Long.MAX_VALUE,
              part(Topics.jobQueue("default"), 0), 127L,
              part(Topics.jobQueue("slow-ones_2"), 3), 1L));

  @Test
  void anIdIsReadAsItWasWritten() {
    assertThat(NOWHERE.read(SOMEWHERE.toId())).isEqualTo(SOMEWHERE);
    assertThat(NOWHERE.read(NOWHERE.toId())).isEqualTo(NOWHERE);
    assertThat(SOMEWHERE.toId()).matches("[A-Za-z0-9_-]+").hasSizeLessThan(120);
  }

  @Test
  void ofASmallInstallationItIsShort() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (int i = 0; i < 6; i++) {
      offsets.put(part(Topics.JOB_EVENTS, i), 50_000_000L + i);
    }
    for (int i = 0; i < 3; i++) {
      offsets.put(part(Topics.SCHEDULE_DECISIONS, i), 5_000_000L);
      offsets.put(part(Topics.INTEGRATIONS, i), 20_000L);
    }
    offsets.put(part(Topics.JOB_ABANDONMENTS, 0), 1_000L);
    offsets.put(part(Topics.jobQueue("default"), 0), 5_000_000L);
    assertThat(Position.at(CLUSTER, offsets).toId()).hasSizeLessThan(140);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "AAAA", "AAAAA", "42", "null", "-1", "../..", "%00", "äöü", "a b"})
  void garbageIsNoId(String garbage) {
    assertThat(NOWHERE.read(garbage)).isNull();
  }

  @Test
  void whatWasTamperedWithIsNoId() {
    Random random = new Random(3);
    String id = SOMEWHERE.toId();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(id);
      int at = random.nextInt(id.length());
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, (char) ('a' + random.nextInt(26)));
        case 1 -> text.setLength(at);
        default -> text.insert(at, (char) ('A' + random.nextInt(26)));
      }
      if (!text.toString().equals(id)) {
        Position read = NOWHERE.read(text.toString());
        assertThat(read).as(text.toString()).isIn(null, SOMEWHERE);
      }
    }
    assertThat(NOWHERE.read(id.repeat(200))).isNull();
  }

  @Test
  void theIdOfAnotherClusterIsNone() {
    assertThat(Position.at("another", Map.of()).read(SOMEWHERE.toId())).isNull();
  }

  @Test
  void theLowestOfSeveralPassesNothingOver() {
    TopicPartition one = part(Topics.JOB_EVENTS, 0);
    TopicPartition other = part(Topics.JOB_EVENTS, 1);
    TopicPartition young = part(Topics.jobQueue("young"), 0);
    Position lowest =
        Position.lowest(
            CLUSTER,
            List.of(
                Position.at(CLUSTER, Map.of(one, 5L, other, 9L)),
                Position.at(CLUSTER, Map.of(one, 7L, other, 3L, young, 4L))));
    assertThat(lowest).isEqualTo(Position.at(CLUSTER, Map.of(one, 5L, other, 3L)));
    Map<TopicPartition, Gap> gaps =
        Gap.between(
            lowest,
            Position.at(CLUSTER, Map.of(one, 6L, other, 3L, young, 4L)),
            Map.of(one, 0L, other, 0L, young, 1L));
    assertThat(gaps).isEqualTo(Map.of(one, new Gap(5, 6), young, new Gap(1, 4)));
    assertThat(Gap.length(gaps)).isEqualTo(4);
  }

  @Test
  void offsetsThatAreGoneAreNoted() {
    TopicPartition one = part(Topics.JOB_EVENTS, 0);
    Position position = Position.at(CLUSTER, Map.of(one, 5L));
    assertThat(position.isWithin(Map.of(one, 5L), Map.of(one, 5L))).isTrue();
    assertThat(position.isWithin(Map.of(one, 6L), Map.of(one, 9L))).isFalse();
    assertThat(position.isWithin(Map.of(one, 0L), Map.of(one, 4L))).isFalse();
  }

  private static TopicPartition part(String topic, int partition) {
    return new TopicPartition(topic, partition);
  }
}

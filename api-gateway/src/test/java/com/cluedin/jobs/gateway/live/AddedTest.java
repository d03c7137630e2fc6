package com.cluedin.jobs.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.Topics;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// From where partitions are read that were not there before.
class AddedTest {

  private static final TopicPartition PART = new TopicPartition(Topics.JOB_EVENTS, 0);

  @Test
  void oneThatIsNewIsReadFromItsBeginning() {
    assertThat(added(Map.of(), 7, 20_007)).isEqualTo(new Added(Map.of(PART, 7L), false));
  }

  @Test
  void oneThatIsTooLongIsReadFromItsEnd() {
    assertThat(added(Map.of(), 7, 20_008)).isEqualTo(new Added(Map.of(PART, 20_008L), true));
  }

  @Test
  void oneThatWasAwayForAMomentGoesOnWhereItWasLeft() {
    assertThat(added(Map.of(PART, 50_000L), 7, 50_003))
        .isEqualTo(new Added(Map.of(PART, 50_000L), false));
  }

  @Test
  void whatIsGoneSinceItWasLeftIsSkipped() {
    assertThat(added(Map.of(PART, 5L), 7, 9)).isEqualTo(new Added(Map.of(PART, 7L), true));
  }

  @Test
  void oneThatWasMadeAgainIsNew() {
    assertThat(added(Map.of(PART, 50L), 0, 9)).isEqualTo(new Added(Map.of(PART, 0L), false));
  }

  private static Added added(Map<TopicPartition, Long> left, long first, long last) {
    return Added.of(left, Map.of(PART, first), Map.of(PART, last));
  }
}

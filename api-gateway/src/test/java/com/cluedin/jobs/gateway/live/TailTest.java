package com.cluedin.jobs.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// What is told of the records that were read.
class TailTest {

  private static final Instant T = Instant.parse("2026-03-18T14:00:00Z");
  private static final TopicPartition PART = new TopicPartition(Topics.JOB_EVENTS, 0);

  private final List<Position> begun = new ArrayList<>();

  @Test
  void whatCannotBeToldIsPassedOverAndAllBeginAgain() {
    Tail tail = tail();
    ConsumerRecord<String, Message> told =
        Told.record(Topics.JOB_EVENTS, new JobStarted(JobIds.ofRequest(T), 1, "agent-1", T));
    Position after =
        tail.tell(
            new ConsumerRecords<>(
                Map.of(PART, List.of(told)),
                Map.of(PART, new OffsetAndMetadata(5, Optional.empty(), ""))),
            at(4));
    assertThat(after).isEqualTo(at(5));
    assertThat(begun).containsExactly(at(5));
  }

  private Tail tail() {
    return new Tail(
        null,
        new HeldBack(new Owners(null)),
        new Tail.Listener() {
          @Override
          public void begin(Tail tail, Position position) {
            begun.add(position);
          }

          @Override
          public void tell(Tail tail, News news, Position position, Position safe) {
            throw new DateTimeException("too late to be written");
          }

          @Override
          public void hear(Tail tail) {}
        });
  }

  private static Position at(long offset) {
    return Position.at("here", Map.of(PART, offset));
  }
}

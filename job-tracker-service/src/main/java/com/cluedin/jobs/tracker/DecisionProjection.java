package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.model.Unreadable;
import com.cluedin.jobs.service.DeadLetters;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.stereotype.Component;

/// Reads what was decided about occurrences and keeps it. It starts where the ledger stands.
@Component
class DecisionProjection implements ConsumerSeekAware {

  private final Decisions decisions;
  private final Positions positions;
  private final DeadLetters deadLetters;

  DecisionProjection(Decisions decisions, Positions positions, DeadLetters deadLetters) {
    this.decisions = decisions;
    this.positions = positions;
    this.deadLetters = deadLetters;
  }

  @KafkaListener(
      id = "decision-projection",
      topics = Topics.SCHEDULE_DECISIONS,
      groupId = "${tracker.schema}-decisions")
  void on(List<ConsumerRecord<String, Message>> batch) {
    List<Told> told = batch.stream().flatMap(this::readable).toList();
    positions
        .once(
            batch,
            isNew ->
                decisions.keep(
                    told.stream()
                        .filter(one -> isNew.test(one.record))
                        .map(Told::decided)
                        .toList()))
        .block();
  }

  @Override
  public void onPartitionsAssigned(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    positions.seek(assignments.keySet(), callback);
  }

  private Stream<Told> readable(ConsumerRecord<String, Message> record) {
    return switch (record.value()) {
      case OccurrenceDecided decided -> Stream.of(new Told(record, decided));
      case Event other -> pass(record, EventWire.write(other), "does not belong on this topic");
      case Unreadable unreadable -> pass(record, unreadable.bytes(), unreadable.cause());
      case null -> pass(record, null, "the record has no value");
    };
  }

  private Stream<Told> pass(
      ConsumerRecord<String, Message> record, byte @Nullable [] bytes, String cause) {
    deadLetters.pass(record, bytes, cause);
    return Stream.empty();
  }

  private record Told(ConsumerRecord<String, Message> record, OccurrenceDecided decided) {}
}

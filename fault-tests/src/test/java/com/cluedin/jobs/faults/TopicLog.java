package com.cluedin.jobs.faults;

import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// All that was said on topics so far, as one reads it who reads what is committed; without what
/// the suite itself put there a second time.
record TopicLog(List<Told> told, Map<TopicPartition, Long> read) {

  /// A header of records that the suite copied.
  static final String COPY = "faults-copy";

  static final Predicate<String> JOBS_AND_DECISIONS =
      name ->
          name.matches(Topics.JOB_QUEUES)
              || Set.of(Topics.JOB_EVENTS, Topics.JOB_ABANDONMENTS, Topics.SCHEDULE_DECISIONS)
                  .contains(name);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// One record.
  record Told(ConsumerRecord<byte[], byte[]> record, Message message) {

    Instant at() {
      return Instant.ofEpochMilli(record.timestamp());
    }

    /// As it stands in the journal.
    Map<String, String> line() {
      return Map.of("place", place(), "at", at().toString(), "said", String.valueOf(message));
    }

    String place() {
      return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
    }
  }

  /// Reads topics from their beginning to where they end now.
  static TopicLog read(String kafka, Predicate<String> topics) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", kafka);
    settings.put("isolation.level", "read_committed");
    settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().entrySet().stream()
              .filter(topic -> topics.test(topic.getKey()))
              .flatMap(topic -> topic.getValue().stream())
              .map(TopicLog::partition)
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return read(consumer, consumer.endOffsets(partitions));
    }
  }

  <T> Stream<T> all(Class<T> kind) {
    return told.stream().map(Told::message).filter(kind::isInstance).map(kind::cast);
  }

  private static TopicLog read(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    List<Told> told = new ArrayList<>();
    Map<TopicPartition, Long> read = new HashMap<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not read to the ends " + ends);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        if (record.headers().lastHeader(COPY) == null) {
          told.add(new Told(record, message(record)));
        }
      }
    }
    return new TopicLog(told, read);
  }

  private static Message message(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader(EventWire.TYPE);
    return EventWire.read(type == null ? null : new String(type.value()), record.value());
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }
}

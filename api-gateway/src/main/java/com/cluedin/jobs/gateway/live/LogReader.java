package com.cluedin.jobs.gateway.live;

import static java.util.stream.Collectors.toSet;

import com.cluedin.jobs.model.EventWire.MessageDeserializer;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads the log from given positions, of what is committed. It belongs to no group and leaves no
/// trace in Kafka.
final class LogReader implements AutoCloseable {

  private static final Pattern TOPICS =
      Pattern.compile(
          String.join(
              "|",
              Topics.JOB_EVENTS,
              Topics.JOB_ABANDONMENTS,
              Topics.SCHEDULE_DECISIONS,
              Topics.INTEGRATIONS,
              Topics.JOB_QUEUES));

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofMillis(10);

  private final KafkaConsumer<String, Message> consumer;

  /// @param settings how the brokers are reached
  /// @param name by which they know this reader
  LogReader(Map<String, Object> settings, String name) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
    all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
    this.consumer = new KafkaConsumer<>(all, new StringDeserializer(), new MessageDeserializer());
  }

  /// All partitions that tell something; of those that are not followed, the ones that can be read
  /// now.
  ///
  /// @throws TimeoutException when the brokers do not answer
  Set<TopicPartition> partitions() {
    Set<TopicPartition> followed = consumer.assignment();
    return consumer.listTopics().entrySet().stream()
        .filter(topic -> TOPICS.matcher(topic.getKey()).matches())
        .flatMap(topic -> topic.getValue().stream())
        .filter(part -> hasLeader(part) || followed.contains(partition(part)))
        .map(LogReader::partition)
        .collect(toSet());
  }

  private static boolean hasLeader(PartitionInfo part) {
    return part.leader() != null && !part.leader().isEmpty();
  }

  private static TopicPartition partition(PartitionInfo part) {
    return new TopicPartition(part.topic(), part.partition());
  }

  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return consumer.beginningOffsets(partitions);
  }

  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return consumer.endOffsets(partitions);
  }

  /// Reads these partitions from now on, and no others; those that are read already go on where
  /// they are.
  void follow(Map<TopicPartition, Long> offsets) {
    Set<TopicPartition> followed = Set.copyOf(consumer.assignment());
    consumer.assign(offsets.keySet());
    offsets.forEach((part, offset) -> {
      if (!followed.contains(part)) {
        consumer.seek(part, offset);
      }
    });
  }

  ConsumerRecords<String, Message> poll(Duration patience) {
    return consumer.poll(patience);
  }

  /// What had been asked for before, and what came since: a reader that rests does not ask.
  ConsumerRecords<String, Message> pollAfterRest(Duration patience) {
    ConsumerRecords<String, Message> before = consumer.poll(SOON);
    if (before.isEmpty()) {
      return consumer.poll(patience);
    }
    ConsumerRecords<String, Message> since = consumer.poll(SOON);
    Map<TopicPartition, List<ConsumerRecord<String, Message>>> records = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecords<String, Message> polled : List.of(before, since)) {
      polled
          .partitions()
          .forEach(part ->
              records.computeIfAbsent(part, _ -> new ArrayList<>()).addAll(polled.records(part)));
      next.putAll(polled.nextOffsets());
    }
    return new ConsumerRecords<>(records, next);
  }

  /// The next offset to be read.
  long at(TopicPartition partition) {
    return consumer.position(partition);
  }

  /// Makes a poll under way, or the next one, throw. The only call that other threads may make.
  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(ANSWER_TIMEOUT));
  }
}

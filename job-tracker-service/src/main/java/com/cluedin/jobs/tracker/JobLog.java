package com.cluedin.jobs.tracker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toMap;

import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// What Kafka has of jobs, beside what the projection reads of it.
@Component
class JobLog implements AutoCloseable {

  /// The names of the topics that tell of jobs, as a regular expression.
  static final String TOPICS =
      Topics.JOB_QUEUES + "|" + Topics.JOB_EVENTS + "|" + Topics.JOB_ABANDONMENTS;

  private static final Pattern NAMES = Pattern.compile(TOPICS);
  private static final int TIMEOUT_SECONDS = 2;
  private static final Duration STEP = Duration.ofMillis(50);

  /// How long to read on through what no reader is shown.
  private static final Duration STEPS = Duration.ofMillis(500);

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> reader;

  JobLog(Admin admin, KafkaProperties properties) {
    Map<String, Object> settings = new HashMap<>(properties.buildConsumerProperties());
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 65_536);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1_000);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1_000);
    this.admin = admin;
    this.reader =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /// The offset behind the last record of each partition, those of open transactions too: what
  /// others wrote behind these cannot be read before they end.
  synchronized Map<TopicPartition, Long> ends()
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions =
        reader.listTopics().entrySet().stream()
            .filter(topic -> NAMES.matcher(topic.getKey()).matches())
            .flatMap(topic -> topic.getValue().stream())
            .collect(
                toMap(
                    partition -> new TopicPartition(partition.topic(), partition.partition()),
                    _ -> OffsetSpec.latest()));
    return admin.listOffsets(partitions).all().get(TIMEOUT_SECONDS, SECONDS).entrySet().stream()
        .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /// Whether all before these ends has been read. The marks at the end of a transaction, and what
  /// one wrote that was given up, have offsets too but are shown to no reader, so where a position
  /// is not at the end, the rest is read to see whether a record is in it.
  ///
  /// @param next the offset to read next of each partition that was ever read
  synchronized boolean isRead(Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> open = new HashMap<>(ends);
    open.entrySet().removeIf(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    reader.assign(open.keySet());
    open.keySet().forEach(partition -> reader.seek(partition, next.getOrDefault(partition, 0L)));
    long deadline = System.nanoTime() + STEPS.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      for (ConsumerRecord<?, ?> record : reader.poll(STEP)) {
        if (record.offset() < open.getOrDefault(partitionOf(record), 0L)) {
          return false;
        }
      }
      open.entrySet().removeIf(end -> reader.position(end.getKey()) >= end.getValue());
    }
    return open.isEmpty();
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  @Override
  public synchronized void close() {
    reader.close();
  }
}

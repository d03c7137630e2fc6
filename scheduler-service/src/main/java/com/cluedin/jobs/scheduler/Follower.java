package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/// Reads one topic, all of it, and goes on where the one before got to. What was read and not
/// followed is read again, so that it may be heard twice.
///
/// It takes its partitions and does not ask a group for them: the leader's lease says who reads. A
/// group would wait for each of its dead before anybody reads on, six seconds at the least, and as
/// long again for each that died while it waited.
///
/// Not thread-safe: one loop calls it.
final class Follower {

  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// Kafka forgets what a group without members committed a week ago.
  private static final Duration COMMITTED_EVERY = Duration.ofHours(1);

  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(1);
  private static final Duration NEW_PARTITIONS_SEEN_WITHIN = Duration.ofSeconds(5);

  private final String topic;
  private final String group;
  private final KafkaProperties kafka;
  private final Consumer<List<ConsumerRecord<String, Message>>> follow;
  private @Nullable KafkaConsumer<String, Message> consumer;
  private long assignAt;
  private long committedAt = System.nanoTime();

  /// @param group keeps how far it was read
  /// @param follow takes what was read; throws when it is to be read again
  Follower(
      String topic,
      String group,
      KafkaProperties kafka,
      Consumer<List<ConsumerRecord<String, Message>>> follow) {
    this.topic = topic;
    this.group = group;
    this.kafka = kafka;
    this.follow = follow;
  }

  /// Waits for a moment and follows what came, if anything did. After an exception nothing is known
  /// of it: {@link #stepDown}, and the next call reads it again.
  ///
  /// @return whether something came
  boolean follow() {
    KafkaConsumer<String, Message> reading = consumer == null ? open() : consumer;
    assign(reading);
    ConsumerRecords<String, Message> records = reading.poll(LONGEST_WAIT);
    if (!records.isEmpty()) {
      follow.accept(
          records.partitions().stream()
              .flatMap(partition -> records.records(partition).stream())
              .toList());
    }
    if (!records.isEmpty() || System.nanoTime() - committedAt > COMMITTED_EVERY.toNanos()) {
      reading.commitSync(TIMEOUT);
      committedAt = System.nanoTime();
    }
    return !records.isEmpty();
  }

  /// Stops reading.
  void stepDown() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(CLOSED_WITHIN));
      consumer = null;
    }
  }

  private KafkaConsumer<String, Message> open() {
    Map<String, Object> settings = kafka.buildConsumerProperties();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    KafkaConsumer<String, Message> opened = new KafkaConsumer<>(settings);
    consumer = opened;
    assignAt = System.nanoTime();
    return opened;
  }

  /// A topic may get more partitions.
  private void assign(KafkaConsumer<String, Message> reading) {
    if (System.nanoTime() - assignAt >= 0) {
      reading.assign(
          reading.partitionsFor(topic, TIMEOUT).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList());
      assignAt = System.nanoTime() + NEW_PARTITIONS_SEEN_WITHIN.toNanos();
    }
  }
}

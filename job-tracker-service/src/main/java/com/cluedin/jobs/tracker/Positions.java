package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// How far each partition has been read, as committed with what was read. Kafka's own offsets are
/// for watching the lag.
@Component
class Positions {

  /// The end of a statement that keeps what was read; see {@link #bind}.
  static final String WRITE =
      """
      INSERT INTO position (topic, partition, next_offset)
      SELECT * FROM unnest(:topic::text[], :partition::integer[], :nextOffset::bigint[])
        AS read (topic, partition, next_offset)
      ORDER BY topic, partition
      ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset
      """;

  private final DatabaseClient database;

  Positions(DatabaseClient database) {
    this.database = database;
  }

  /// Where each partition stands once the batch is read.
  static Map<TopicPartition, Long> after(List<? extends ConsumerRecord<?, ?>> batch) {
    Map<TopicPartition, Long> read = new HashMap<>();
    for (ConsumerRecord<?, ?> record : batch) {
      read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
    return read;
  }

  /// Binds positions to a statement that ends with {@link #WRITE}.
  static GenericExecuteSpec bind(GenericExecuteSpec statement, Map<TopicPartition, Long> read) {
    List<Map.Entry<TopicPartition, Long>> positions = List.copyOf(read.entrySet());
    return statement
        .bind(
            "topic",
            positions.stream().map(position -> position.getKey().topic()).toArray(String[]::new))
        .bind(
            "partition",
            positions.stream()
                .map(position -> position.getKey().partition())
                .toArray(Integer[]::new))
        .bind("nextOffset", positions.stream().map(Map.Entry::getValue).toArray(Long[]::new));
  }

  /// Goes to where each partition stands. Waits for PostgreSQL for as long as it takes Kafka to
  /// give the partitions to another.
  void seek(Collection<TopicPartition> partitions, ConsumerSeekCallback callback) {
    Map<TopicPartition, Long> read =
        requireNonNull(all().retryWhen(Retry.fixedDelay(200, Duration.ofSeconds(1))).block());
    for (TopicPartition partition : partitions) {
      Long next = read.get(partition);
      if (next == null) {
        callback.seekToBeginning(partition.topic(), partition.partition());
      } else {
        callback.seek(partition.topic(), partition.partition(), next);
      }
    }
  }

  /// The offset to read next of each partition that was ever read.
  Mono<Map<TopicPartition, Long>> all() {
    return database
        .sql("SELECT topic, partition, next_offset FROM position")
        .map(row ->
            Map.entry(
                new TopicPartition(
                    requireNonNull(row.get("topic", String.class)),
                    requireNonNull(row.get("partition", Integer.class))),
                requireNonNull(row.get("next_offset", Long.class))))
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }
}

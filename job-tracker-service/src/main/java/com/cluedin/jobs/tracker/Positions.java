package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.service.WholeTransactions;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.listener.ConsumerSeekAware.ConsumerSeekCallback;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// How far each partition has been read, as committed with what was read. Kafka's own offsets are
/// for watching the lag.
@Component
class Positions {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final DatabaseClient database;
  private final WholeTransactions transaction;

  Positions(DatabaseClient database, WholeTransactions transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  /// Reads a batch once: one transaction moves the positions behind it and keeps what lay before
  /// them. A tracker that was held up, and comes back with a batch that another has read meanwhile,
  /// keeps nothing of it.
  ///
  /// @param keep given which records are new, keeps these
  /// @return fails with a `QueryTimeoutException` where this took longer than PostgreSQL lets a
  ///   statement take or wait, or than 30 s, so whoever blocks for it needs no limit: it may be
  ///   kept all the same then, and whoever comes with the batch again keeps nothing of it
  Mono<Void> once(
      List<? extends ConsumerRecord<?, ?>> batch,
      Function<Predicate<ConsumerRecord<?, ?>>, Mono<Void>> keep) {
    return moveBehind(batch)
        .flatMap(stood ->
            keep.apply(record -> record.offset() >= stood.getOrDefault(partitionOf(record), 0L)))
        .as(transaction::transactional)
        .timeout(LONGEST)
        .onErrorMap(
            Positions::tookTooLong,
            fault -> new QueryTimeoutException("could not be kept in time", fault));
  }

  private static boolean tookTooLong(Throwable fault) {
    return fault instanceof TimeoutException || Snapshot.isTimeout(fault);
  }

  /// Locks the positions of the batch's partitions, those that begin with it too, and moves them.
  ///
  /// @return where they stood
  private Mono<Map<TopicPartition, Long>> moveBehind(List<? extends ConsumerRecord<?, ?>> batch) {
    List<ConsumerRecord<?, ?>> lasts = lasts(batch);
    return database
        .sql(
            """
            INSERT INTO position AS known (topic, partition, next_offset)
            SELECT * FROM unnest(:topic::text[], :partition::integer[], :nextOffset::bigint[])
            ORDER BY 1, 2
            ON CONFLICT (topic, partition)
              DO UPDATE SET next_offset = greatest(known.next_offset, excluded.next_offset)
            RETURNING topic, partition, coalesce(old.next_offset, 0) AS next_offset
            """)
        .bind("topic", each(lasts, ConsumerRecord::topic, String[]::new))
        .bind("partition", each(lasts, ConsumerRecord::partition, Integer[]::new))
        .bind("nextOffset", each(lasts, record -> record.offset() + 1, Long[]::new))
        .map(Positions::read)
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  /// The last record of each partition.
  private static List<ConsumerRecord<?, ?>> lasts(List<? extends ConsumerRecord<?, ?>> batch) {
    Map<TopicPartition, ConsumerRecord<?, ?>> lasts = new HashMap<>();
    batch.forEach(record -> lasts.put(partitionOf(record), record));
    return List.copyOf(lasts.values());
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
        .map(Positions::read)
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  private static <T> T[] each(
      List<ConsumerRecord<?, ?>> records,
      Function<ConsumerRecord<?, ?>, T> part,
      IntFunction<T[]> maker) {
    return records.stream().map(part).toArray(maker);
  }

  private static Map.Entry<TopicPartition, Long> read(Readable row) {
    return Map.entry(
        new TopicPartition(
            requireNonNull(row.get("topic", String.class)),
            requireNonNull(row.get("partition", Integer.class))),
        requireNonNull(row.get("next_offset", Long.class)));
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}

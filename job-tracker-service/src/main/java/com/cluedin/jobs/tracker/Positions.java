package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// How far each partition has been read, as committed with what was read. Kafka's own offsets are
/// for watching the lag.
@Component
class Positions {

  private final DatabaseClient database;

  Positions(DatabaseClient database) {
    this.database = database;
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

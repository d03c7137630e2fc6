package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.jspecify.annotations.Nullable;

/// A record that is this agent's for as long as its lease is renewed. For the slot's thread alone.
///
/// The client hands out nothing new while it holds a record that is being renewed, and gives that
/// record back at the next poll (Kafka 4.4). That suits a slot: it has one job and asks for no
/// more.
final class Delivery {

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

  private final ShareConsumer<String, Message> consumer;
  private final ConsumerRecord<String, Message> record;
  private final Lease lease;

  /// @param usualLease how long the broker locks a record where the consumer does not know
  Delivery(
      ShareConsumer<String, Message> consumer,
      ConsumerRecord<String, Message> record,
      Duration usualLease) {
    this.consumer = consumer;
    this.record = record;
    this.lease =
        new Lease(
            consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(usualLease),
            System::nanoTime);
  }

  ConsumerRecord<String, Message> record() {
    return record;
  }

  /// How often the record was handed out, this time included.
  int count() {
    return record.deliveryCount().map(Short::intValue).orElse(1);
  }

  Duration lease() {
    return lease.length();
  }

  /// Renews the lease when a third of it has passed.
  void renewWhenDue() throws LeaseLost {
    if (lease.due()) {
      renew();
    }
  }

  /// Makes sure that the record is still this agent's before something is said of it.
  void renewWhenOver() throws LeaseLost {
    if (lease.over()) {
      renew();
    }
  }

  /// Extends the lease by its whole length from now.
  void renew() throws LeaseLost {
    long since = System.nanoTime();
    commit(AcknowledgeType.RENEW);
    for (ConsumerRecord<String, Message> renewed : consumer.poll(Duration.ZERO)) {
      if (renewed.offset() == record.offset() && renewed.partition() == record.partition()) {
        lease.renewed(since);
        return;
      }
    }
    throw lost("the renewed record did not come back", null);
  }

  /// The record is done with, for ever.
  void accept() throws LeaseLost {
    commit(AcknowledgeType.ACCEPT);
  }

  /// Another agent may have it at once.
  void release() throws LeaseLost {
    commit(AcknowledgeType.RELEASE);
  }

  private void commit(AcknowledgeType type) throws LeaseLost {
    Duration left = lease.left();
    consumer.acknowledge(record, type);
    Map<TopicIdPartition, Optional<KafkaException>> answers =
        consumer.commitSync(left.compareTo(SHORTEST_WAIT) > 0 ? left : SHORTEST_WAIT);
    Optional<KafkaException> refusal =
        answers.values().stream().flatMap(Optional::stream).findFirst();
    if (refusal.isPresent()) {
      throw lost(type + " was refused: " + refusal.get().getMessage(), refusal.get());
    }
  }

  private LeaseLost lost(String why, @Nullable KafkaException cause) {
    return new LeaseLost(
        "%s-%d offset %d, key %s, is lost to this agent: %s"
            .formatted(record.topic(), record.partition(), record.offset(), record.key(), why),
        cause);
  }
}

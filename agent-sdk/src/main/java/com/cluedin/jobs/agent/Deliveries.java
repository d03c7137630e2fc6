package com.cluedin.jobs.agent;

import static java.util.stream.Collectors.joining;

import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.jspecify.annotations.Nullable;

/// Records that were handed out together and are this agent's for as long as their common lease is
/// renewed. For one thread at a time.
///
/// The client hands out nothing new while it holds a record that is being renewed, and gives those
/// it renewed back at the next poll (Kafka 4.4). So a consumer takes no others until all of these
/// are settled. It gives the same objects back, by which they are known here.
final class Deliveries {

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

  private final ShareConsumer<String, Message> consumer;
  private final Set<ConsumerRecord<String, Message>> held;
  private final Lease lease;

  /// @param usualLease how long the broker locks records where the consumer does not know
  Deliveries(
      ShareConsumer<String, Message> consumer,
      List<ConsumerRecord<String, Message>> records,
      Duration usualLease) {
    this.consumer = consumer;
    this.held = new LinkedHashSet<>(records);
    this.lease =
        new Lease(
            consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(usualLease),
            System::nanoTime);
  }

  /// Those not settled yet, in their order.
  List<ConsumerRecord<String, Message>> held() {
    return List.copyOf(held);
  }

  /// A third of their lease.
  Duration third() {
    return lease.third();
  }

  /// Renews the lease when a third of it has passed.
  ///
  /// @throws LeaseLost when another agent may have the records
  void renewWhenDue() throws LeaseLost {
    if (lease.due()) {
      renew();
    }
  }

  /// Extends the lease by its whole length from now.
  ///
  /// @throws LeaseLost when another agent may have the records
  void renew() throws LeaseLost {
    long since = System.nanoTime();
    held.forEach(record -> consumer.acknowledge(record, AcknowledgeType.RENEW));
    commit();
    Set<ConsumerRecord<String, Message>> missing = new HashSet<>(held);
    consumer.poll(Duration.ZERO).forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw lost("what was renewed did not all come back", null);
    }
    lease.renewed(since);
  }

  /// Is done with some of them: those accepted are done for ever, those released another agent may
  /// have at once.
  ///
  /// @throws LeaseLost when another agent may have them, or any of the others
  void settle(Map<ConsumerRecord<String, Message>, AcknowledgeType> how) throws LeaseLost {
    how.forEach(consumer::acknowledge);
    commit();
    held.removeAll(how.keySet());
  }

  private void commit() throws LeaseLost {
    Duration left = lease.left();
    Map<TopicIdPartition, Optional<KafkaException>> answers =
        consumer.commitSync(left.compareTo(SHORTEST_WAIT) > 0 ? left : SHORTEST_WAIT);
    Optional<KafkaException> refusal =
        answers.values().stream().flatMap(Optional::stream).findFirst();
    if (refusal.isPresent()) {
      throw lost("refused: " + refusal.get().getMessage(), refusal.get());
    }
  }

  private LeaseLost lost(String why, @Nullable KafkaException cause) {
    String keys = held.stream().limit(10).map(ConsumerRecord::key).collect(joining(", "));
    return new LeaseLost(
        "%d jobs are lost to this agent, %s%s: %s"
            .formatted(held.size(), keys, held.size() > 10 ? " and more" : "", why),
        cause);
  }
}

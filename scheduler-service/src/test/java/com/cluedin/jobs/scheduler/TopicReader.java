package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.EventWire.MessageDeserializer;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads all that was ever told on a topic, as one who reads what is committed.
final class TopicReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConsumer<String, Message> consumer;
  private final List<TopicPartition> partitions;
  private final List<Message> read = new ArrayList<>();

  TopicReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new MessageDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /// All jobs queued so far for the configurations.
  List<JobQueued> of(Collection<UUID> configurations) {
    return all(JobQueued.class).stream()
        .filter(job -> configurations.contains(job.jobTypeId().configurationId()))
        .toList();
  }

  /// All events of a kind told so far.
  <T extends Message> List<T> all(Class<T> kind) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline
        && partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
      for (ConsumerRecord<String, Message> record : consumer.poll(Duration.ofMillis(100))) {
        read.add(record.value());
      }
    }
    return read.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}

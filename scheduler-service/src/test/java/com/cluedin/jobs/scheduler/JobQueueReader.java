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

/// Reads all that was ever queued, as an agent that reads what is committed would.
final class JobQueueReader implements AutoCloseable {

  private final KafkaConsumer<String, Message> consumer;
  private final List<JobQueued> read = new ArrayList<>();

  JobQueueReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new MessageDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /// All jobs queued so far for the configurations.
  List<JobQueued> of(Collection<UUID> configurations) {
    for (ConsumerRecord<String, Message> record : consumer.poll(Duration.ofMillis(100))) {
      read.add((JobQueued) record.value());
    }
    return read.stream()
        .filter(job -> configurations.contains(job.jobTypeId().configurationId()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}

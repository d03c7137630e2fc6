package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import reactor.core.publisher.Mono;

/// Kafka's log of jobs, and how far a database's read model has read it: to the end of what others
/// left in it.
final class ReadLog implements AutoCloseable {

  static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", Backing.shared().kafkaBootstrapServers());

  private final Admin admin = Admin.create(KAFKA);
  private final Positions positions;
  private final JobLog jobLog;

  ReadLog(TrackerDatabase database) {
    positions = new Positions(database.client(), database.transaction());
    KafkaProperties properties = new KafkaProperties();
    properties.setBootstrapServers(List.of(Backing.shared().kafkaBootstrapServers()));
    jobLog = new JobLog(admin, properties);
    try {
      Topics.ensure(
          admin,
          Duration.ofSeconds(30),
          List.of(Topics.jobQueue("default"), Topics.JOB_EVENTS, Topics.JOB_ABANDONMENTS));
      jobLog.ends().entrySet().stream()
          .filter(end -> end.getValue() > 0)
          .forEach(end -> read(end.getKey(), end.getValue() - 1));
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Admin admin() {
    return admin;
  }

  Positions positions() {
    return positions;
  }

  JobLog jobLog() {
    return jobLog;
  }

  /// A record counts as read.
  void read(TopicPartition partition, long offset) {
    ConsumerRecord<String, String> record =
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "x", "y");
    positions.once(List.of(record), _ -> Mono.empty()).block();
  }

  @Override
  public void close() {
    jobLog.close();
    admin.close();
  }
}

package com.cluedin.jobs.gateway;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes events into the log, as the services and agents do.
final class LogWriter implements AutoCloseable {

  private final Admin admin;
  private final KafkaProducer<String, Event> producer;

  /// Makes the topics that every installation has.
  LogWriter(String bootstrapServers) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new EventSerializer());
    make(
        Topics.JOB_EVENTS,
        Topics.JOB_ABANDONMENTS,
        Topics.SCHEDULE_DECISIONS,
        Topics.INTEGRATIONS,
        Topics.jobQueue("default"));
  }

  void make(String... topics) {
    try {
      Topics.ensure(admin, Duration.ofSeconds(30), List.of(topics));
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Admin admin() {
    return admin;
  }

  /// Returns when Kafka has it.
  void write(String topic, Event event) {
    try {
      producer.send(new ProducerRecord<>(topic, event.key(), event)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /// A new job that an agent has begun, of which nothing else is told.
  UUID start() {
    return start(JobIds.ofRequest(Instant.now()));
  }

  UUID start(UUID job) {
    write(Topics.JOB_EVENTS, new JobStarted(job, 1, "agent-1", Instant.now()));
    return job;
  }

  /// As many new jobs as quickly as possible.
  void startMany(int count) {
    for (int i = 0; i < count; i++) {
      UUID job = JobIds.ofRequest(Instant.now());
      producer.send(
          new ProducerRecord<>(
              Topics.JOB_EVENTS, job.toString(), new JobStarted(job, 1, "agent-1", Instant.now())));
    }
    producer.flush();
  }

  /// A new job of an organization that waits for an agent.
  UUID queue(UUID organization, String queue, String name) {
    UUID job = JobIds.ofRequest(Instant.now());
    JobTypeId type = new JobTypeId(UUID.randomUUID(), organization, UUID.randomUUID());
    write(
        Topics.jobQueue(queue),
        new JobQueued(
            job,
            type,
            UUID.randomUUID(),
            name,
            null,
            queue,
            null,
            null,
            null,
            null,
            1,
            Instant.now()));
    return job;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}

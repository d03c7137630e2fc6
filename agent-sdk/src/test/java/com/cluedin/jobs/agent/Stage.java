package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.EventWire.MessageDeserializer;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Everything around agents in a test: a queue of its own, somebody who queues and abandons jobs,
/// and somebody who listens to their events.
final class Stage implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(2);
  static final Duration SOON = Duration.ofSeconds(20);
  static final Crawler ENDLESS = crawl -> Thread.sleep(Duration.ofHours(1));

  final String kafka = Backing.shared().kafkaBootstrapServers();
  final String queue = "q" + Long.toString(System.nanoTime(), 36);
  final List<RunEvent> heard = new CopyOnWriteArrayList<>();
  private final List<Agent> agents = new ArrayList<>();
  private final KafkaProducer<String, byte[]> bytes;
  private final KafkaProducer<String, Event> events;
  private final KafkaProducer<String, Event> jobs;
  private final Thread listener;
  private volatile boolean closed;

  Stage() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      Topics.ensure(
          admin,
          Duration.ofSeconds(30),
          List.of(Topics.jobQueue(queue), Topics.JOB_EVENTS, Topics.JOB_ABANDONMENTS));
    }
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka, "client.id", "stage", "linger.ms", 0);
    bytes = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    EventSerializer serializer = new EventSerializer();
    serializer.configure(settings, false);
    events = new KafkaProducer<>(settings, new StringSerializer(), serializer);
    Map<String, Object> transactional = new HashMap<>(settings);
    transactional.put("transactional.id", queue);
    jobs = new KafkaProducer<>(transactional, new StringSerializer(), serializer);
    jobs.initTransactions();
    KafkaConsumer<String, Message> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka),
            new StringDeserializer(),
            new MessageDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.JOB_EVENTS).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    listener = Thread.ofPlatform().daemon().start(() -> listen(consumer));
  }

  AgentSettings settings(String name) {
    return AgentSettings.of(name, kafka)
        .withQueues(List.of(queue))
        .withLease(LEASE)
        .withDrainTimeout(Duration.ofSeconds(5));
  }

  Agent start(AgentSettings settings, Crawler crawler) {
    Agent agent = Agent.start(settings, crawler);
    agents.add(agent);
    return agent;
  }

  static JobQueued job(String queue) {
    UUID id = UUID.randomUUID();
    return new JobQueued(
        JobIds.ofRequest(Instant.now()),
        new JobTypeId(id, id, id),
        id,
        "HubSpot",
        null,
        queue,
        null,
        null,
        null,
        null,
        1,
        Instant.now());
  }

  /// Queues a job as the scheduler does: in a transaction.
  UUID queue() {
    return queue(1).getFirst();
  }

  /// Queues so many jobs in one transaction.
  List<UUID> queue(int count) {
    return queue(queue, count);
  }

  /// The same on another queue.
  List<UUID> queue(String queue, int count) {
    List<JobQueued> all = Stream.generate(() -> job(queue)).limit(count).toList();
    jobs.beginTransaction();
    all.forEach(job -> jobs.send(new ProducerRecord<>(Topics.jobQueue(queue), job.key(), job)));
    jobs.commitTransaction();
    return all.stream().map(JobQueued::jobId).toList();
  }

  void queueBytes(@Nullable String value) {
    byte[] record = value == null ? null : value.getBytes();
    bytes.send(new ProducerRecord<>(Topics.jobQueue(queue), "k", record));
    bytes.flush();
  }

  void abandon(UUID jobId) {
    JobAbandonRequested request = new JobAbandonRequested(jobId, null, null, Instant.now());
    events.send(new ProducerRecord<>(Topics.JOB_ABANDONMENTS, request.key(), request));
    events.flush();
  }

  List<RunEvent> of(UUID jobId) {
    return heard.stream().filter(event -> event.jobId().equals(jobId)).toList();
  }

  <T extends RunEvent> List<T> of(UUID jobId, Class<T> type) {
    return of(jobId).stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// All jobs that were handed out too often, of any queue.
  List<ConsumerRecord<String, byte[]>> spent() {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(Topics.SPENT_JOBS, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return consumer.poll(Duration.ofSeconds(1)).records(partitions.getFirst());
    }
  }

  private void listen(KafkaConsumer<String, Message> consumer) {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<String, Message> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.value() instanceof RunEvent event) {
            heard.add(event);
          }
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    agents.forEach(agent -> agent.drain(Duration.ZERO));
    closed = true;
    listener.join();
    bytes.close();
    events.close();
    jobs.close();
  }

  boolean isCompleted(UUID job) {
    return !of(job, JobCompleted.class).isEmpty();
  }
}

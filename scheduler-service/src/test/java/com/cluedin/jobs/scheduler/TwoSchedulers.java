package com.cluedin.jobs.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import com.cluedin.jobs.stack.ServiceProcess;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two schedulers side by side, as processes, on real Kafka and PostgreSQL.
abstract class TwoSchedulers {

  static final String YEARLY = "0 0 1 1 *";
  static final Map<String, String> SMALL_BATCHES = Map.of("SCHEDULER_BATCH_SIZE", "50");

  static final JsonMapper JSON = new JsonMapper();
  static final Backing BACKING = Backing.shared();

  private static String database;

  static ServiceProcess first;
  static ServiceProcess second;
  static KafkaProducer<String, Event> producer;
  static TopicReader queue;
  static TopicReader ledger;
  static TopicReader runs;
  static TopicReader abandonments;

  @BeforeAll
  static void start() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    database = BACKING.newDatabase();
    first = start("scheduler-1");
    second = start("scheduler-2");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> first.isReady() && second.isReady() && topics().contains("job-queue.default"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()),
            new StringSerializer(),
            new EventSerializer());
    queue = new TopicReader(BACKING.kafkaBootstrapServers(), Topics.jobQueue("default"));
    ledger = new TopicReader(BACKING.kafkaBootstrapServers(), Topics.SCHEDULE_DECISIONS);
    runs = new TopicReader(BACKING.kafkaBootstrapServers(), Topics.JOB_EVENTS);
    abandonments = new TopicReader(BACKING.kafkaBootstrapServers(), Topics.JOB_ABANDONMENTS);
  }

  @AfterAll
  static void stop() {
    queue.close();
    ledger.close();
    runs.close();
    abandonments.close();
    producer.close();
    first.close();
    second.close();
  }

  /// A connection to what the schedulers keep.
  static Connection database() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?currentSchema=scheduler"
            .formatted(BACKING.postgresHost(), BACKING.postgresPort(), database),
        BACKING.postgresUser(),
        BACKING.postgresPassword());
  }

  static void change(JobTypeId id, String policy) {
    HttpResponse<String> answer =
        first.send("PATCH", "/job-types/details", "{\"id\":\"%s\",%s}".formatted(id, policy));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  static void tell(RunEvent event) {
    producer.send(new ProducerRecord<>(Topics.JOB_EVENTS, event.key(), event));
    producer.flush();
  }

  static List<OccurrenceDecided> decided(JobTypeId id) {
    return ledger.all(OccurrenceDecided.class).stream()
        .filter(one -> one.jobTypeId().equals(id))
        .toList();
  }

  static ServiceProcess start(String name) {
    return ServiceProcess.start(name, SchedulerService.class, database, SMALL_BATCHES);
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  static JobTypeId enable(UUID configuration, String cron) {
    return enable(configuration, cron, configuration);
  }

  static JobTypeId enable(UUID configuration, String cron, UUID provider) {
    IntegrationEnabled event = enabled(configuration, cron, provider);
    send(event);
    await().until(() -> inList(event.jobTypeId()) != null);
    return event.jobTypeId();
  }

  static void awaitInstant(Instant instant) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !Instant.now().isBefore(instant));
  }

  /// In UTC, to the second.
  static String dailyAt(ZonedDateTime time) {
    return "%d %d %d * * *".formatted(time.getSecond(), time.getMinute(), time.getHour());
  }

  static IntegrationEnabled enabled(UUID configuration, @Nullable String cron) {
    return enabled(configuration, cron, configuration);
  }

  static IntegrationEnabled enabled(UUID configuration, @Nullable String cron, UUID provider) {
    return new IntegrationEnabled(
        configuration,
        configuration,
        configuration,
        provider,
        "HubSpot",
        "Tim Ward",
        cron,
        null,
        null,
        null,
        Instant.now());
  }

  static IntegrationEnabled enabledAs(UUID configuration, String name, String configurationName) {
    return new IntegrationEnabled(
        configuration,
        configuration,
        configuration,
        configuration,
        name,
        configurationName,
        YEARLY,
        null,
        null,
        null,
        Instant.now());
  }

  /// The ids of a page.
  ///
  /// @param total how many there are in all
  static List<JobTypeId> look(String query, int total) {
    HttpResponse<String> page = first.get("/job-types/details?" + query);
    assertThat(page.headers().firstValue("X-Total-Count")).as(page.body()).hasValue("" + total);
    return json(page).valueStream().map(it -> JobTypeId.parse(it.get("Id").asString())).toList();
  }

  static String detail(JobTypeId id) {
    return "/job-types/detail?id=" + id.toString().replace("|", "%7C");
  }

  static String named(JobTypeId id) {
    return "{\"id\":\"" + id + "\"}";
  }

  static void send(Event... events) {
    for (Event event : events) {
      producer.send(new ProducerRecord<>(Topics.INTEGRATIONS, event.key(), event));
    }
    producer.flush();
  }

  static List<JobQueued> queued(UUID configuration) {
    return await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> queue.of(Set.of(configuration)), jobs -> !jobs.isEmpty());
  }

  static @Nullable JsonNode inList(JobTypeId id) {
    return list()
        .filter(type -> type.get("Id").asString().equals(id.toString()))
        .findFirst()
        .orElse(null);
  }

  static Stream<JsonNode> list() {
    return StreamSupport.stream(json(second.get("/job-types")).spliterator(), false);
  }

  static String ids(String... ids) {
    return Stream.of(ids)
        .map(id -> '"' + id + '"')
        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }

  static List<String> deadLetters(String topic, String key) {
    TopicPartition partition = new TopicPartition(Topics.deadLetters(topic), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return StreamSupport.stream(consumer.poll(Duration.ofSeconds(2)).spliterator(), false)
          .filter(record -> key.equals(new String(record.key(), UTF_8)))
          .map(TwoSchedulers::cause)
          .toList();
    }
  }

  private static String cause(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("dlq_cause").value(), UTF_8);
  }
}

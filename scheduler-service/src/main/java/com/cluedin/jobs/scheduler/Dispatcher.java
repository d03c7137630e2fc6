package com.cluedin.jobs.scheduler;

import static java.util.stream.Collectors.joining;

import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.scheduler.Outbox.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Carries the outbox to Kafka, each row exactly once.
///
/// One Kafka transaction takes a batch of rows and, on {@link Topics#OUTBOX_POSITIONS}, the list of
/// their names; then the rows are deleted. Whoever takes over begins a new epoch of the same
/// transactional id, which fences the one before and settles its open transaction, reads the last
/// list and deletes those rows: they are in Kafka. All others are not. The list, not a number: rows
/// become visible in the order of their commits, which is not that of their ids.
///
/// Not thread-safe: one loop calls it.
@Component
class Dispatcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private static final String NAME = "scheduler-outbox";
  private static final TopicPartition POSITIONS = new TopicPartition(Topics.OUTBOX_POSITIONS, 0);

  /// Of which each has a hundred events at most.
  private static final int ROWS_AT_ONCE = 50;

  /// Of records for one partition that are sent together, about a hundred jobs: a broker gives an
  /// agent all of a batch, however few jobs of it the agent takes. Kafka's linger stays as it is: a
  /// commit sends what lingers, so few records and the list of names wait for nothing and go
  /// together.
  private static final int BATCH_BYTES = 65_536;

  private static final Duration REFUSED_FOR = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Outbox outbox;
  private final Admin admin;
  private final KafkaProperties kafka;
  private final Set<String> topicsInPlace = new HashSet<>();
  private final Map<String, Long> refusedUntil = new HashMap<>();
  private @Nullable KafkaProducer<String, String> producer;

  Dispatcher(Outbox outbox, Admin admin, KafkaProperties kafka) {
    this.outbox = outbox;
    this.admin = admin;
    this.kafka = kafka;
  }

  /// Sends one batch; gives how many rows it had. After an exception nothing is known of the batch:
  /// {@link #stepDown}, and the next call finds out.
  int dispatch() throws TimeoutException, InterruptedException {
    KafkaProducer<String, String> sending = producer == null ? takeOver() : producer;
    List<Row> rows =
        withTopics(outbox.oldest(ROWS_AT_ONCE, refused()).collectList().block(TIMEOUT));
    if (rows.isEmpty()) {
      return 0;
    }
    sending.beginTransaction();
    rows.forEach(row -> send(row, sending));
    sending.send(new ProducerRecord<>(Topics.OUTBOX_POSITIONS, 0, NAME, names(rows)));
    sending.commitTransaction();
    outbox.delete(rows.stream().map(Row::id).toList()).block(TIMEOUT);
    return rows.size();
  }

  /// The rows whose topic is there. One that the brokers refuse to make holds up its own rows and
  /// no others.
  private List<Row> withTopics(@Nullable List<Row> rows)
      throws TimeoutException, InterruptedException {
    List<Row> ready = new ArrayList<>();
    for (Row row : rows == null ? List.<Row>of() : rows) {
      if (!refusedUntil.containsKey(row.topic()) && isInPlace(row.topic())) {
        ready.add(row);
      }
    }
    return ready;
  }

  private boolean isInPlace(String topic) throws TimeoutException, InterruptedException {
    try {
      ensureTopic(topic);
      return true;
    } catch (IllegalStateException e) {
      log.warn("what is meant for {} waits: {}", topic, String.valueOf(e.getCause()));
      refusedUntil.put(topic, System.nanoTime() + REFUSED_FOR.toNanos());
      return false;
    }
  }

  private Set<String> refused() {
    refusedUntil.values().removeIf(until -> System.nanoTime() - until > 0);
    return Set.copyOf(refusedUntil.keySet());
  }

  /// Forgets what it knows, so that the next dispatch begins by finding out what Kafka has.
  void stepDown() {
    topicsInPlace.clear();
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  @Override
  public void close() {
    stepDown();
  }

  private KafkaProducer<String, String> takeOver() throws TimeoutException, InterruptedException {
    ensureTopic(Topics.OUTBOX_POSITIONS);
    KafkaProducer<String, String> successor = new KafkaProducer<>(producerSettings());
    try {
      successor.initTransactions();
      Long deleted = outbox.deleteSent(lastSent()).block(TIMEOUT);
      log.info("emptying the outbox from here; {} rows of it were in Kafka already", deleted);
      producer = successor;
      return successor;
    } finally {
      if (producer != successor) {
        successor.close(Duration.ZERO);
      }
    }
  }

  /// The names of the last batch that was committed. Batches before it were deleted before it
  /// began.
  private List<String> lastSent() {
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(consumerSettings())) {
      consumer.assign(List.of(POSITIONS));
      consumer.seekToBeginning(List.of(POSITIONS));
      long end = consumer.endOffsets(List.of(POSITIONS), TIMEOUT).getOrDefault(POSITIONS, 0L);
      String last = "";
      while (consumer.position(POSITIONS, TIMEOUT) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(TIMEOUT)) {
          last = record.value();
        }
      }
      return last.isEmpty() ? List.of() : List.of(last.split(","));
    }
  }

  private void ensureTopic(String topic) throws TimeoutException, InterruptedException {
    if (!topicsInPlace.contains(topic)) {
      Topics.ensure(admin, TIMEOUT, Set.of(topic));
      topicsInPlace.add(topic);
    }
  }

  private static void send(Row row, KafkaProducer<String, String> sending) {
    for (int i = 0; i < row.events().size(); i++) {
      ProducerRecord<String, String> record =
          new ProducerRecord<>(row.topic(), row.keys().get(i), row.events().get(i));
      String id = "%s-%d-%d".formatted(NAME, row.id(), i);
      EventWire.describe(row.type(), id, "/scheduler-service", row.at(), record.headers());
      sending.send(record);
    }
  }

  private static String names(List<Row> rows) {
    return rows.stream().map(Row::name).collect(joining(","));
  }

  private Map<String, Object> producerSettings() {
    Map<String, Object> settings = kafka.buildProducerProperties();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, NAME);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, NAME);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT.toMillis());
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TIMEOUT.toMillis());
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    return settings;
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> settings = kafka.buildConsumerProperties();
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, NAME + "-position");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    return settings;
  }
}

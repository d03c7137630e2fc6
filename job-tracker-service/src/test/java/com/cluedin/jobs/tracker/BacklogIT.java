package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When all that was told of jobs counts as read.
class BacklogIT {

  private final TrackerDatabase database = new TrackerDatabase();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ReadLog log = new ReadLog(database);
  private final KafkaProducer<String, String> agent = producer(Map.of());
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Backlog backlog = new Backlog(log.jobLog(), log.positions(), clock(), metrics);

  @AfterEach
  void close() {
    agent.close();
    log.close();
    database.close();
  }

  @Test
  void aRecordIsInItUntilItsPositionIsCommitted() {
    assertThat(backlog.isRead().block()).isTrue();

    RecordMetadata told = send(agent, Topics.JOB_EVENTS);
    assertThat(backlog.isRead().block()).isFalse();

    read(told);
    assertThat(backlog.isRead().block()).isTrue();
  }

  @Test
  void theMarksOfTransactionsAndWhatWasGivenUpAreNot() {
    try (KafkaProducer<String, String> scheduler = scheduler()) {
      scheduler.beginTransaction();
      RecordMetadata queued = send(scheduler, Topics.jobQueue("default"));
      scheduler.commitTransaction();
      assertThat(backlog.isRead().block()).isFalse();
      read(queued);
      assertThat(backlog.isRead().block()).isTrue();

      scheduler.beginTransaction();
      for (int i = 0; i < 100; i++) {
        send(scheduler, Topics.JOB_EVENTS);
      }
      scheduler.abortTransaction();
      assertThat(backlog.isRead().block()).isTrue();
    }
  }

  @Test
  void whatStandsBehindAnOpenTransactionIsInIt() {
    try (KafkaProducer<String, String> scheduler = scheduler()) {
      scheduler.beginTransaction();
      send(scheduler, Topics.JOB_EVENTS);
      RecordMetadata told = send(agent, Topics.JOB_EVENTS);
      assertThat(backlog.isRead().block()).isFalse();

      scheduler.abortTransaction();
      assertThat(backlog.isRead().block()).isFalse();
      read(told);
      assertThat(backlog.isRead().block()).isTrue();
    }
  }

  @Test
  void otherTopicsDoNotMatter() throws Exception {
    Topics.ensure(log.admin(), Duration.ofSeconds(30), List.of(Topics.SCHEDULE_DECISIONS));

    send(agent, Topics.SCHEDULE_DECISIONS);

    assertThat(backlog.isRead().block()).isTrue();
  }

  @Test
  void itsAgeIsKnown() {
    RecordMetadata told = send(agent, Topics.JOB_EVENTS);
    backlog.isRead().block();
    now = now.plusSeconds(31);
    backlog.isRead().block();
    assertThat(backlog.age()).hasSeconds(31);
    assertThat(metrics.get("crawl.jobs.backlog").timeGauge().value()).isEqualTo(31);

    read(told);
    backlog.isRead().block();
    assertThat(backlog.age()).isZero();
  }

  private void read(RecordMetadata told) {
    log.read(new TopicPartition(told.topic(), told.partition()), told.offset());
  }

  private Clock clock() {
    return ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  }

  private static RecordMetadata send(KafkaProducer<String, String> producer, String topic) {
    try {
      return producer.send(new ProducerRecord<>(topic, 0, "x", "y")).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KafkaProducer<String, String> scheduler() {
    KafkaProducer<String, String> scheduler = producer(Map.of("transactional.id", "backlog-it"));
    scheduler.initTransactions();
    return scheduler;
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(ReadLog.KAFKA);
    all.putAll(settings);
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }
}

package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.agent.Agent;
import com.cluedin.jobs.agent.AgentSettings;
import com.cluedin.jobs.benchmarks.Measure.Figures;
import com.cluedin.jobs.model.Topics;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Ten thousand job types due the same second: how long after it their jobs are in Kafka, seen by a
/// reader of what is committed.
final class FireLag {

  private static final String QUEUE = "lag";
  private static final int JOB_TYPES = 10_000;
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 3;
  private static final Duration AHEAD = Duration.ofSeconds(25);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private FireLag() {}

  static void measure(Installation on, Figures figures) throws Exception {
    Rounds<Latencies> lags = Rounds.take(figures, WARM_UP, ROUNDS, () -> fire(on));
    figures.add(".p50", "ms", lags.each(it -> it.percentile(50)));
    figures.add(".p99", "ms", lags.each(it -> it.percentile(99)));
    figures.add(".last", "ms", lags.each(Latencies::max));
  }

  private static Latencies fire(Installation on) throws Exception {
    Instant due = Instant.now().plus(AHEAD).truncatedTo(ChronoUnit.SECONDS);
    ZonedDateTime at = due.atZone(ZoneOffset.UTC);
    String cron =
        "%d %d %d %d %d *"
            .formatted(
                at.getSecond(),
                at.getMinute(),
                at.getHour(),
                at.getDayOfMonth(),
                at.getMonthValue());
    on.makeQueue(QUEUE);
    try (Integrations integrations = Integrations.enable(on, JOB_TYPES, cron, QUEUE)) {
      if (Instant.now().plusSeconds(2).isAfter(due)) {
        throw new TimeoutException("the integrations were enabled too late for " + due);
      }
      Latencies lags = lags(on, due, integrations.jobTypes().size());
      runAll(on);
      return lags;
    }
  }

  private static Latencies lags(Installation on, Instant due, int jobs) throws Exception {
    TopicPartition queue = new TopicPartition(Topics.jobQueue(QUEUE), 0);
    Latencies lags = new Latencies();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                on.kafka(),
                "isolation.level",
                "read_committed",
                "max.poll.records",
                10_000,
                "metadata.max.age.ms",
                500),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(queue));
      consumer.seekToEnd(List.of(queue));
      consumer.position(queue, Duration.ofSeconds(5));
      Instant until = due.plus(PATIENCE);
      while (lags.count() < jobs) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        long lag = ChronoUnit.NANOS.between(due, Instant.now());
        records.forEach(record -> lags.add(lag));
        if (Instant.now().isAfter(until)) {
          throw new TimeoutException("only " + lags.count() + " jobs of " + jobs + " were queued");
        }
      }
    }
    return lags;
  }

  /// So that nothing is left of a round for the next.
  private static void runAll(Installation on) throws Exception {
    try (Connection database = on.database();
        Agent agent =
            Agent.start(
                AgentSettings.of("lag", on.kafka()).withQueues(List.of(QUEUE)).withJobsAtOnce(16),
                crawl -> {})) {
      Installation.await(
          "the round's jobs to end",
          PATIENCE,
          BETWEEN_LOOKS,
          () -> Installation.number(database, "SELECT count(*) FROM scheduler.open_job") == 0);
    }
  }
}

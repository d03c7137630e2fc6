package com.cluedin.jobs.scheduler;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// What a scheduler leaves undone when it is killed, and another takes up.
class KilledSchedulerIT extends TwoSchedulers {

  @Test
  void everyOccurrenceFiresOnceThoughASchedulerIsKilledThatHasDecidedItAhead() {
    int count = 2_000;
    Set<UUID> configurations =
        IntStream.range(0, count).mapToObj(i -> UUID.randomUUID()).collect(Collectors.toSet());
    ZonedDateTime due = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(45);
    String cron = dailyAt(due);
    send(
        configurations.stream()
            .map(configuration -> enabled(configuration, cron))
            .toArray(Event[]::new));
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> list().filter(type -> type.get("Cron").asString().equals(cron)).count() == count);
    second.close();
    tellWhatAnotherDatabaseSent();
    awaitInstant(due.truncatedTo(SECONDS).minus(Duration.ofMillis(200)).toInstant());
    first.kill();
    assertThat(queue.of(configurations)).hasSizeLessThan(count);
    second = start("scheduler-2-again");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(queue.of(configurations)).hasSizeGreaterThanOrEqualTo(count));
    first = start("scheduler-1-again");
    await().atMost(Duration.ofMinutes(2)).until(first::isReady);
    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(8))
        .until(() -> queue.of(configurations).size() == count);
    List<JobQueued> jobs = queue.of(configurations);
    assertThat(jobs.stream().map(JobQueued::jobId).distinct()).hasSize(count);
    assertThat(jobs)
        .allMatch(job -> due.toInstant().getEpochSecond() == job.scheduledFor().getEpochSecond());
  }

  /// Rows of an outbox with the same ids, which say nothing of this one's.
  private static void tellWhatAnotherDatabaseSent() {
    String names =
        IntStream.range(1, 1_000)
            .mapToObj(id -> id + "@2026-01-01T00:00:00Z")
            .collect(Collectors.joining(","));
    try (KafkaProducer<String, String> another =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BACKING.kafkaBootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      another.send(new ProducerRecord<>(Topics.OUTBOX_POSITIONS, 0, "scheduler-outbox", names));
    }
  }
}

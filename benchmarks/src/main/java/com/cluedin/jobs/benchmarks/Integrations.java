package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Topics;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Integrations that are switched on for a measurement, each with one job type, and off again.
final class Integrations implements AutoCloseable {

  /// Due once a year, so not while it is measured.
  static final String NEVER_NOW = "0 0 1 1 *";

  private static final UUID ORGANIZATION = UUID.fromString("bea7c000-0000-4000-8000-000000000001");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Installation on;
  private final List<IntegrationEnabled> enabled;

  private Integrations(Installation on, List<IntegrationEnabled> enabled) {
    this.on = on;
    this.enabled = enabled;
  }

  /// Returns when the scheduler has them all.
  static Integrations enable(Installation on, int count, String cron, String queue)
      throws Exception {
    Instant now = Instant.now();
    Integrations integrations =
        new Integrations(
            on,
            IntStream.range(0, count)
                .mapToObj(i ->
                    new IntegrationEnabled(
                        UUID.randomUUID(),
                        ORGANIZATION,
                        ORGANIZATION,
                        ORGANIZATION,
                        "Benchmark",
                        "account " + i,
                        cron,
                        null,
                        queue,
                        null,
                        now))
                .toList());
    try (Connection database = on.database()) {
      long before = known(database);
      integrations.send(integrations.enabled);
      Installation.await(
          "all integrations to be known", PATIENCE, () -> known(database) >= before + count);
    }
    return integrations;
  }

  List<JobTypeId> jobTypes() {
    return enabled.stream().map(IntegrationEnabled::jobTypeId).toList();
  }

  /// Switches them off; returns when none of them has a schedule any more.
  @Override
  public void close() throws Exception {
    Instant now = Instant.now();
    try (Connection database = on.database()) {
      long before = known(database);
      send(
          enabled.stream()
              .map(event -> new IntegrationDisabled(event.configurationId(), null, now))
              .toList());
      Installation.await(
          "all integrations to be gone",
          PATIENCE,
          () -> known(database) <= before - enabled.size());
    }
  }

  private void send(List<? extends Event> events) {
    try (Producer<String, Event> producer = on.producer(Map.of("linger.ms", 5))) {
      events.forEach(
          event -> producer.send(new ProducerRecord<>(Topics.INTEGRATIONS, event.key(), event)));
    }
  }

  private static long known(Connection database) throws Exception {
    return Installation.number(
        database, "SELECT count(*) FROM scheduler.job_type WHERE removed_at IS NULL");
  }
}

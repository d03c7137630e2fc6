package com.cluedin.jobs.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.Topics;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Jobs that are decided and not yet known to be in Kafka. A row commits together with the
/// decision, and goes when Kafka has it.
@Component
class Outbox {

  private final DatabaseClient database;

  Outbox(DatabaseClient database) {
    this.database = database;
  }

  /// Adds the jobs in the running transaction; its commit wakes the dispatcher.
  Mono<Void> add(List<JobQueued> jobs) {
    if (jobs.isEmpty()) {
      return Mono.empty();
    }
    return database
        .sql(
            """
            WITH added AS (
              INSERT INTO outbox (topic, key, type, value, at)
              SELECT * FROM unnest(:topics::text[], :keys::text[],
                array_fill(:type::text, ARRAY[cardinality(:keys)]), :values::text[],
                :times::timestamptz[]))
            SELECT pg_notify('outbox', '')
            """)
        .bind(
            "topics", jobs.stream().map(job -> Topics.jobQueue(job.queue())).toArray(String[]::new))
        .bind("keys", jobs.stream().map(JobQueued::key).toArray(String[]::new))
        .bind("type", EventWire.typeOf(JobQueued.class))
        .bind(
            "values",
            jobs.stream()
                .map(job -> new String(EventWire.write(job), UTF_8))
                .toArray(String[]::new))
        .bind(
            "times",
            jobs.stream().map(job -> job.at().atOffset(UTC)).toArray(OffsetDateTime[]::new))
        .then();
  }

  /// The oldest rows, but none of these topics.
  Flux<Row> oldest(int most, Set<String> withoutTopics) {
    return database
        .sql("SELECT * FROM outbox WHERE topic <> ALL(:without) ORDER BY id LIMIT :most")
        .bind("without", withoutTopics.toArray(String[]::new))
        .bind("most", most)
        .map(row ->
            new Row(
                requireNonNull(row.get("id", Long.class)),
                requireNonNull(row.get("topic", String.class)),
                requireNonNull(row.get("key", String.class)),
                requireNonNull(row.get("type", String.class)),
                requireNonNull(row.get("value", String.class)),
                requireNonNull(row.get("at", OffsetDateTime.class)).toInstant()))
        .all();
  }

  Mono<Long> delete(Collection<Long> ids) {
    return database
        .sql("DELETE FROM outbox WHERE id = ANY(:ids)")
        .bind("ids", ids.toArray(Long[]::new))
        .fetch()
        .rowsUpdated();
  }

  /// An event on its way to Kafka.
  record Row(long id, String topic, String key, String type, String value, Instant at) {}
}

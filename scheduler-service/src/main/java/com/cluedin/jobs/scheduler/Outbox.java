package com.cluedin.jobs.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.ScheduleEvent;
import com.cluedin.jobs.model.Topics;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Events that are decided and not yet known to be in Kafka. A row commits together with the
/// decision, and goes when Kafka has it.
@Component
class Outbox {

  private final DatabaseClient database;

  Outbox(DatabaseClient database) {
    this.database = database;
  }

  /// Adds the events in the running transaction; its commit wakes the dispatcher.
  Mono<Void> add(List<? extends Event> events) {
    if (events.isEmpty()) {
      return Mono.empty();
    }
    return database
        .sql(
            """
            WITH added AS (
              INSERT INTO outbox (topic, key, type, value, at)
              SELECT * FROM unnest(:topics::text[], :keys::text[], :types::text[],
                :values::text[], :times::timestamptz[]))
            SELECT pg_notify('outbox', '')
            """)
        .bind("topics", each(events, Outbox::topicOf))
        .bind("keys", each(events, Event::key))
        .bind("types", each(events, event -> EventWire.typeOf(event.getClass())))
        .bind("values", each(events, event -> new String(EventWire.write(event), UTF_8)))
        .bind(
            "times",
            events.stream().map(event -> event.at().atOffset(UTC)).toArray(OffsetDateTime[]::new))
        .then();
  }

  private static String topicOf(Event event) {
    return switch (event) {
      case JobQueued job -> Topics.jobQueue(job.queue());
      case ScheduleEvent _ -> Topics.SCHEDULE_DECISIONS;
      case JobRetryScheduled _ -> Topics.JOB_EVENTS;
      case JobAbandonRequested _ -> Topics.JOB_ABANDONMENTS;
      default -> throw new IllegalArgumentException("not for schedulers to tell: " + event);
    };
  }

  private static String[] each(List<? extends Event> events, Function<Event, String> part) {
    return events.stream().map(part).toArray(String[]::new);
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

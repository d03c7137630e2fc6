package com.cluedin.jobs.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Events that are decided and not yet known to be in Kafka. They commit together with the
/// decision, many in a row of the table, and go when Kafka has them.
@Component
class Outbox {

  private static final int MOST_OF_A_ROW = 100;

  private final DatabaseClient database;

  Outbox(DatabaseClient database) {
    this.database = database;
  }

  /// Adds the events in the running transaction, whose commit wakes the dispatcher, and makes the
  /// changes that belong to them with the same statement: each costs a way to PostgreSQL and back.
  Mono<Void> add(List<? extends Event> events, Change... changes) {
    if (events.isEmpty() && changes.length == 0) {
      return Mono.empty();
    }
    List<Row> rows = rows(events);
    GenericExecuteSpec statement = bind(database.sql(adding(changes)), rows);
    for (Change change : changes) {
      statement = change.binding().apply(statement);
    }
    return statement.then();
  }

  private static String adding(Change... changes) {
    return """
    WITH added AS (
      INSERT INTO outbox (topic, type, at, keys, events)
      SELECT topic, type, at, keys, events
      FROM unnest(:topic::text[], :type::text[], :at::timestamptz[], :keys::text[],
          :events::text[]) WITH ORDINALITY AS row (topic, type, at, keys, events, number)
      ORDER BY number)%s
    SELECT pg_notify('outbox', '')
    """
        .formatted(
            Stream.of(changes)
                .map(change -> ", change_of_%s AS (%s)".formatted(change.what(), change.sql()))
                .collect(joining()));
  }

  private static GenericExecuteSpec bind(GenericExecuteSpec statement, List<Row> rows) {
    return statement
        .bind("topic", array(rows, Row::topic))
        .bind("type", array(rows, Row::type))
        .bind("at", rows.stream().map(row -> row.at().atOffset(UTC)).toArray(OffsetDateTime[]::new))
        .bind("keys", array(rows, row -> String.join("\n", row.keys())))
        .bind("events", array(rows, row -> String.join("\n", row.events())));
  }

  private static String[] array(List<Row> rows, Function<Row, String> part) {
    return rows.stream().map(part).toArray(String[]::new);
  }

  /// Events of a kind stay in their order. Neither keys nor JSON as it is written contain a line
  /// break.
  private static List<Row> rows(List<? extends Event> events) {
    return events.stream()
        .collect(groupingBy(Kind::of, LinkedHashMap::new, toList()))
        .entrySet()
        .stream()
        .flatMap(kind ->
            kind.getValue().stream()
                .gather(Gatherers.windowFixed(MOST_OF_A_ROW))
                .map(kind.getKey()::row))
        .toList();
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
                requireNonNull(row.get("type", String.class)),
                requireNonNull(row.get("at", OffsetDateTime.class)).toInstant(),
                lines(requireNonNull(row.get("keys", String.class))),
                lines(requireNonNull(row.get("events", String.class)))))
        .all();
  }

  Mono<Long> delete(Collection<Long> ids) {
    return database
        .sql("DELETE FROM outbox WHERE id = ANY(:ids)")
        .bind("ids", ids.toArray(Long[]::new))
        .fetch()
        .rowsUpdated();
  }

  /// Deletes the rows that have these names ({@link Row#name}). A row of the same id that is of
  /// another time stays: it is of another database, or of the same one restored from a backup.
  Mono<Long> deleteSent(List<String> names) {
    return database
        .sql(
            """
            DELETE FROM outbox USING unnest(:names::text[]) AS name
            WHERE id = split_part(name, '@', 1)::bigint
              AND coalesce(at = nullif(split_part(name, '@', 2), '')::timestamptz, true)
            """)
        .bind("names", names.toArray(String[]::new))
        .fetch()
        .rowsUpdated();
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n"));
  }

  /// What goes to the same topic with the same description.
  private record Kind(String topic, String type, Instant at) {

    static Kind of(Event event) {
      return new Kind(topicOf(event), EventWire.typeOf(event.getClass()), event.at());
    }

    Row row(List<? extends Event> events) {
      return new Row(
          0,
          topic,
          type,
          at,
          events.stream().map(Event::key).toList(),
          events.stream().map(event -> new String(EventWire.write(event), UTF_8)).toList());
    }
  }

  /// Events of a kind on their way to Kafka.
  ///
  /// @param id 0 before it is written
  /// @param keys of the events, in their order
  /// @param events as JSON
  record Row(
      long id, String topic, String type, Instant at, List<String> keys, List<String> events) {

    /// What it is known by where its id alone might be another's, for example
    /// `17@2026-03-01T12:00:00.250Z`. Earlier schedulers wrote the id alone.
    String name() {
      return id + "@" + at;
    }
  }
}

package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.DecisionView;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.TimeSpan;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The ledger of occurrences: what became of each, kept as the scheduler told it first.
@Component
class Decisions {

  private final DatabaseClient database;

  Decisions(DatabaseClient database) {
    this.database = database;
  }

  /// Keeps decisions.
  Mono<Void> keep(List<OccurrenceDecided> told) {
    return database
        .sql(
            """
            INSERT INTO decision (job_type_id, scheduled_for, organization_id, decision,
              job_id, overlapping_job, late_seconds, note, decided_at)
            SELECT * FROM unnest(:jobType::text[], :scheduledFor::timestamptz[],
              :organization::uuid[], :decision::text[], :job::uuid[], :overlaps::uuid[],
              :late::bigint[], :note::text[], :decidedAt::timestamptz[])
            ORDER BY 1, 2, 9
            ON CONFLICT DO NOTHING
            """)
        .bind("jobType", each(told, OccurrenceDecided::key, String[]::new))
        .bind("scheduledFor", times(told, OccurrenceDecided::scheduledFor))
        .bind("organization", each(told, one -> one.jobTypeId().organizationId(), UUID[]::new))
        .bind("decision", each(told, one -> one.decision().toString(), String[]::new))
        .bind("job", each(told, OccurrenceDecided::jobId, UUID[]::new))
        .bind("overlaps", each(told, OccurrenceDecided::overlaps, UUID[]::new))
        .bind("late", each(told, one -> one.late().duration().toSeconds(), Long[]::new))
        .bind("note", each(told, one -> Text.keptOrNull(one.note(), 400), String[]::new))
        .bind("decidedAt", times(told, OccurrenceDecided::at))
        .then();
  }

  /// Decisions about occurrences of a job type, newest first.
  ///
  /// @param before only occurrences before this; null: all
  Flux<DecisionView> of(
      JobTypeId jobType, @Nullable UUID organization, @Nullable Instant before, int take) {
    return database
        .sql(
            """
            SELECT * FROM decision
            WHERE job_type_id = :jobType AND scheduled_for < coalesce(:before, 'infinity')
              AND (:organization::uuid IS NULL OR organization_id = :organization)
            ORDER BY scheduled_for DESC LIMIT :take
            """)
        .bind("jobType", jobType.toString())
        .bind(
            "before",
            before == null
                ? Parameters.in(OffsetDateTime.class)
                : Parameters.in(before.atOffset(UTC)))
        .bind(
            "organization",
            organization == null ? Parameters.in(UUID.class) : Parameters.in(organization))
        .bind("take", take)
        .map(Decisions::read)
        .all();
  }

  private static DecisionView read(Readable row) {
    return new DecisionView(
        time(row, "scheduled_for"),
        Decision.valueOf(
            requireNonNull(row.get("decision", String.class))
                .toUpperCase(Locale.ROOT)
                .replace('-', '_')),
        new TimeSpan(Duration.ofSeconds(requireNonNull(row.get("late_seconds", Long.class)))),
        row.get("job_id", UUID.class),
        row.get("overlapping_job", UUID.class),
        row.get("note", String.class),
        time(row, "decided_at"));
  }

  private static Instant time(Readable row, String column) {
    return requireNonNull(row.get(column, OffsetDateTime.class)).toInstant();
  }

  private static <T> T[] each(
      List<OccurrenceDecided> told,
      Function<OccurrenceDecided, @Nullable T> part,
      IntFunction<T[]> maker) {
    return told.stream().map(part).toArray(maker);
  }

  private static OffsetDateTime[] times(
      List<OccurrenceDecided> told, Function<OccurrenceDecided, Instant> part) {
    return told.stream().map(part).map(time -> time.atOffset(UTC)).toArray(OffsetDateTime[]::new);
  }
}

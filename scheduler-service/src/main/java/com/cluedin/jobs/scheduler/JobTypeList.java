package com.cluedin.jobs.scheduler;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.service.Page;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Answers which job types there are, removed ones too.
@Component
class JobTypeList {

  private static final String NAME = "lower(name COLLATE pg_c_utf8)";
  private static final String CONFIGURATION = "lower(configuration_name COLLATE pg_c_utf8)";

  private final DatabaseClient database;

  JobTypeList(DatabaseClient database) {
    this.database = database;
  }

  /// All of them.
  Flux<JobType> all(JobTypeQuery query) {
    return bind(
            database.sql(
                "SELECT * FROM job_type WHERE %s ORDER BY %s".formatted(where(query), by(query))),
            query)
        .map(JobTypes::read)
        .all();
  }

  /// One page of them, and how many there are in all; both of one snapshot.
  Mono<Part> page(JobTypeQuery query, Page page) {
    return bind(
            database.sql(
                """
                SELECT whole.total, part.*
                FROM (SELECT count(*) AS total FROM job_type WHERE %1$s) AS whole
                LEFT JOIN LATERAL (
                  SELECT * FROM job_type WHERE %1$s ORDER BY %2$s OFFSET :offset LIMIT :take
                ) AS part ON true
                ORDER BY %2$s
                """
                    .formatted(where(query), by(query))),
            query)
        .bind("offset", page.offset())
        .bind("take", page.take())
        .map(row ->
            new Line(
                requireNonNull(row.get("total", Long.class)),
                row.get("id", String.class) == null ? null : JobTypes.read(row)))
        .all()
        .collectList()
        .map(lines ->
            new Part(
                lines.getFirst().total(),
                lines.stream().map(Line::jobType).filter(Objects::nonNull).toList()));
  }

  /// One, removed or not, unless it is another organization's.
  Mono<JobType> find(JobTypeId id, @Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT * FROM job_type
            WHERE id = :id AND (:organization::uuid IS NULL OR organization_id = :organization)
            """)
        .bind("id", id.toString())
        .bindValues(JobTypes.organization(organization))
        .map(JobTypes::read)
        .one();
  }

  /// How many active ones are due next within the minute of an instant.
  ///
  /// @param except one that does not count, or null
  Mono<Long> dueInMinuteOf(
      Instant instant, @Nullable JobTypeId except, @Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT count(*) AS jobs FROM job_type
            WHERE next_execution >= date_trunc('minute', :instant, 'UTC')
              AND next_execution < date_trunc('minute', :instant, 'UTC') + interval '1 minute'
              AND removed_at IS NULL AND paused_at IS NULL AND id <> :except
              AND (:organization::uuid IS NULL OR organization_id = :organization)
            """)
        .bind("instant", instant.atOffset(ZoneOffset.UTC))
        .bind("except", except == null ? "" : except.toString())
        .bindValues(JobTypes.organization(organization))
        .map(row -> requireNonNull(row.get("jobs", Long.class)))
        .one();
  }

  private static String where(JobTypeQuery query) {
    String state =
        switch (query.state()) {
          case null -> "removed_at IS NULL";
          case ACTIVE -> "removed_at IS NULL AND paused_at IS NULL";
          case PAUSED -> "removed_at IS NULL AND paused_at IS NOT NULL";
          case REMOVED -> "removed_at IS NOT NULL";
        };
    return state
        + " AND (:organization::uuid IS NULL OR organization_id = :organization)"
        + (query.connector() == null ? "" : " AND name = :connector")
        + (query.search().isEmpty()
            ? ""
            : " AND (%s OR %s)".formatted(in(NAME), in(CONFIGURATION)));
  }

  private static String in(String name) {
    return "strpos(%s, lower(:search::text COLLATE pg_c_utf8)) > 0".formatted(name);
  }

  private static String by(JobTypeQuery query) {
    String first =
        switch (query.order()) {
          case null -> "created_at";
          case NAME -> NAME;
          case CONFIGURATION -> CONFIGURATION;
          case SCHEDULE -> "cron COLLATE \"C\"";
          case LAST -> "last_execution";
          case NEXT -> "next_execution";
        };
    return first
        + (query.descending() ? " DESC NULLS LAST" : " NULLS LAST")
        + (query.order() == null ? "" : ", " + NAME + ", " + CONFIGURATION)
        + ", id";
  }

  private static GenericExecuteSpec bind(GenericExecuteSpec statement, JobTypeQuery query) {
    return statement
        .bindValues(JobTypes.organization(query.organization()))
        .bindValues(query.connector() == null ? Map.of() : Map.of("connector", query.connector()))
        .bindValues(query.search().isEmpty() ? Map.of() : Map.of("search", query.search()));
  }

  /// @param total how many there are in all
  record Part(long total, List<JobType> jobTypes) {}

  private record Line(long total, @Nullable JobType jobType) {}
}

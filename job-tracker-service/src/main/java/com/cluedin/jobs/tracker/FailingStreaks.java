package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.FailingStreak;
import com.cluedin.jobs.model.JobTypeId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/// Finds job types that fail again and again.
///
/// The tallies name the few that may: at least three jobs failed ever, and one of the newest day on
/// which any of those queued lately ended. Only of these the newest jobs are looked at.
@Component
class FailingStreaks {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 30;
  private static final int MOST = 20;

  /// What was not queued for so long is not in use, or was removed.
  private static final Duration LATELY = Duration.ofDays(7);

  private final DatabaseClient database;
  private final Clock clock;

  FailingStreaks(DatabaseClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The ended jobs of a suspect among the newest thousand of its configuration, newest first.
  private static final String ENDED =
      """
      SELECT id, rank, queued_at, finished_at FROM (
        SELECT * FROM job WHERE configuration_id = suspect.configuration_id
          AND queued_at < suspect.day + interval '24 hours'
        ORDER BY queued_at DESC, id DESC LIMIT 1000
      ) AS job
      WHERE organization_id = suspect.organization_id AND provider_id = suspect.provider_id
        AND rank >= 2
      ORDER BY queued_at DESC, id DESC\
      """;

  /// Job types whose newest ended jobs failed, the longest streak first.
  Flux<FailingStreak> find(@Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT suspect.*, streak.failures, last.id AS last_job_id,
              last.finished_at AS last_failed_at
            FROM (
              SELECT job_type.*, newest.day FROM job_type
              JOIN tally AS failed USING (configuration_id, organization_id, provider_id)
              CROSS JOIN LATERAL (
                SELECT period AS day, bool_or(rank = 3) AS has_failures FROM tally
                WHERE tally.configuration_id = job_type.configuration_id
                  AND tally.organization_id = job_type.organization_id
                  AND tally.provider_id = job_type.provider_id
                  AND period >= :since AND rank >= 2 AND jobs > 0
                GROUP BY period ORDER BY period DESC LIMIT 1
              ) AS newest
              WHERE failed.period IS NULL AND failed.rank = 3 AND failed.jobs >= :shortest
                AND newest.has_failures
                AND (:organization::uuid IS NULL OR job_type.organization_id = :organization)
            ) AS suspect
            CROSS JOIN LATERAL (
              SELECT count(*) FILTER (WHERE rank = 3) = :shortest AS is_failing
              FROM (%1$s LIMIT :shortest) AS ended
            ) AS recently
            CROSS JOIN LATERAL (
              SELECT count(*) FILTER (WHERE unbroken) AS failures FROM (
                SELECT bool_and(rank = 3) OVER (ORDER BY queued_at DESC, id DESC) AS unbroken
                FROM (%1$s LIMIT :longest) AS ended
              ) AS ended
              WHERE recently.is_failing
            ) AS streak
            CROSS JOIN LATERAL (%1$s LIMIT 1) AS last
            WHERE recently.is_failing
            ORDER BY failures DESC, last_failed_at DESC, configuration_id, organization_id,
              provider_id
            LIMIT :most
            """
                .formatted(ENDED))
        .bind("since", clock.instant().minus(LATELY).truncatedTo(DAYS).atOffset(UTC))
        .bind("shortest", SHORTEST)
        .bind("longest", LONGEST)
        .bind("most", MOST)
        .bind(
            "organization",
            organization == null ? Parameters.in(UUID.class) : Parameters.in(organization))
        .map(FailingStreaks::read)
        .all();
  }

  private static FailingStreak read(Readable row) {
    return new FailingStreak(
        new JobTypeId(
            id(row, "configuration_id"), id(row, "organization_id"), id(row, "provider_id")),
        requireNonNull(row.get("name", String.class)),
        row.get("configuration_name", String.class),
        requireNonNull(row.get("failures", Long.class)).intValue(),
        requireNonNull(row.get("last_failed_at", OffsetDateTime.class)).toInstant(),
        id(row, "last_job_id"));
  }

  private static UUID id(Readable row, String column) {
    return requireNonNull(row.get(column, UUID.class));
  }
}

package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.FailingStreak;
import com.cluedin.jobs.model.JobTypeId;
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
/// The tallies name the few that may: at least three jobs failed ever, and on the newest day from
/// which any of those queued lately ended, three failed or all. Only of these the newest jobs are
/// looked at.
@Component
class FailingStreaks {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 30;
  private static final int MOST = 20;

  /// What was not queued for so long is not in use, or was removed.
  private static final Duration LATELY = Duration.ofDays(7);

  /// The newest ended jobs of a suspect, from the days on which the tallies have some. Of a day at
  /// most the newest thousand jobs of its configuration are looked at. How many are wanted is the
  /// argument.
  private static final String ENDED =
      """
      SELECT job.* FROM (
        SELECT period, sum(jobs) OVER (ORDER BY period DESC) - jobs AS before FROM (
          SELECT period, sum(jobs) AS jobs FROM tally
          WHERE tally.configuration_id = suspect.configuration_id
            AND tally.organization_id = suspect.organization_id
            AND tally.provider_id = suspect.provider_id
            AND period IS NOT NULL AND rank >= 2 AND jobs > 0
          GROUP BY period ORDER BY period DESC LIMIT %1$s
        ) AS day
      ) AS day
      CROSS JOIN LATERAL (
        SELECT id, rank, queued_at, finished_at FROM (
          SELECT * FROM job WHERE configuration_id = suspect.configuration_id
            AND queued_at >= period AND queued_at < period + interval '24 hours'
          ORDER BY queued_at DESC, id DESC LIMIT 1000
        ) AS job
        WHERE organization_id = suspect.organization_id AND provider_id = suspect.provider_id
          AND rank >= 2
        ORDER BY queued_at DESC, id DESC LIMIT greatest(%1$s - before, 0)
      ) AS job
      WHERE before < %1$s
      """;

  private final DatabaseClient database;
  private final Clock clock;

  FailingStreaks(DatabaseClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Job types whose newest ended jobs failed, the longest streak first.
  Flux<FailingStreak> find(@Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT suspect.*, streak.* FROM (
              SELECT configuration_id, organization_id, provider_id, name, configuration_name
              FROM job_type
              JOIN jobs_of_job_type AS ever USING (configuration_id, organization_id, provider_id)
              CROSS JOIN LATERAL (
                SELECT sum(jobs) AS ended, sum(jobs) FILTER (WHERE rank = 3) AS failed FROM tally
                WHERE tally.configuration_id = job_type.configuration_id
                  AND tally.organization_id = job_type.organization_id
                  AND tally.provider_id = job_type.provider_id
                  AND period >= :since AND rank >= 2 AND jobs > 0
                GROUP BY period ORDER BY period DESC LIMIT 1
              ) AS newest
              WHERE ever.failed >= :shortest
                AND newest.failed >= least(newest.ended, :shortest)
                AND (:organization::uuid IS NULL OR job_type.organization_id = :organization)
            ) AS suspect
            CROSS JOIN LATERAL (
              SELECT count(*) FILTER (WHERE rank = 3) = :shortest AS is_failing
              FROM (%s) AS ended
            ) AS recently
            CROSS JOIN LATERAL (
              SELECT count(*) FILTER (WHERE unbroken) AS failures,
                (array_agg(id ORDER BY place))[1] AS last_job_id,
                (array_agg(finished_at ORDER BY place))[1] AS last_failed_at
              FROM (
                SELECT id, finished_at, row_number() OVER newest AS place,
                  bool_and(rank = 3) OVER newest AS unbroken
                FROM (%s) AS ended WINDOW newest AS (ORDER BY queued_at DESC, id DESC)
              ) AS ended
              WHERE recently.is_failing
            ) AS streak
            WHERE recently.is_failing
            ORDER BY failures DESC, last_failed_at DESC, configuration_id, organization_id,
              provider_id
            LIMIT :most
            """
                .formatted(ENDED.formatted(":shortest"), ENDED.formatted(":longest")))
        .bind("since", clock.instant().minus(LATELY).truncatedTo(DAYS).atOffset(UTC))
        .bind("shortest", SHORTEST)
        .bind("longest", LONGEST)
        .bind("most", MOST)
        .bind("organization", Jobs.nullable(organization))
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

package com.cluedin.jobs.scheduler;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The unfinished jobs in PostgreSQL. Ids of jobs sort by time, so the oldest is the smallest.
@Component
class OpenJobs {

  /// Of one job type, as far as decisions need them.
  private static final int MOST_OF_A_JOB_TYPE = 1_000;

  /// That a job is of a job type of the relation `wanted`. Not by equality: in order of
  /// `job_type_id` and `job_id` only the indexes of these two will do then. By equality PostgreSQL,
  /// with a plan it made while there were no jobs, read all jobs in the order of their ids for each
  /// job type.
  private static final String OF_WANTED = "job_type_id >= wanted.id AND job_type_id <= wanted.id";

  /// Of each wanted job type those that do not wait, and the first and the last that does.
  static final String UNFINISHED =
      """
      SELECT wanted.id, queued.ids AS queued, first.job_id AS first, last.job_id AS last
      FROM unnest(:jobTypes::text[]) AS wanted (id)
      CROSS JOIN LATERAL (
        SELECT array_agg(job_id ORDER BY job_id) AS ids FROM (
          SELECT job_id FROM open_job WHERE %1$s AND NOT waits
          ORDER BY job_type_id, job_id LIMIT :most) AS job
      ) AS queued
      LEFT JOIN LATERAL (
        SELECT job_id FROM open_job WHERE %1$s AND waits
        ORDER BY job_type_id, job_id LIMIT 1) AS first ON true
      LEFT JOIN LATERAL (
        SELECT job_id FROM open_job WHERE %1$s AND waits
        ORDER BY job_type_id DESC, job_id DESC LIMIT 1) AS last ON true
      WHERE queued.ids IS NOT NULL OR first.job_id IS NOT NULL
      """
          .formatted(OF_WANTED);

  private final DatabaseClient database;

  OpenJobs(DatabaseClient database) {
    this.database = database;
  }

  /// What adds jobs. It fails with {@link org.springframework.dao.DataIntegrityViolationException}
  /// when one is to wait for a job that has ended since that was decided: to be decided anew.
  static Change added(List<OpenJob> jobs) {
    return new Change(
        "open_job",
        """
        INSERT INTO open_job
          (job_id, job_type_id, scheduled_for, attempt, retries, retry_at, waits, waits_for, behind)
        SELECT *, waits_for FROM unnest(:jobId::uuid[], :jobType::text[],
          :scheduledFor::timestamptz[], :attempt::integer[], :retries::integer[],
          :retryAt::timestamptz[], :waits::boolean[], :waitsFor::uuid[])
          AS job (job_id, job_type_id, scheduled_for, attempt, retries, retry_at, waits, waits_for)
        ON CONFLICT DO NOTHING
        """,
        statement ->
            statement
                .bind("jobId", array(jobs, OpenJob::jobId, UUID[]::new))
                .bind("jobType", array(jobs, job -> job.jobTypeId().toString(), String[]::new))
                .bind("scheduledFor", times(jobs, OpenJob::scheduledFor))
                .bind("attempt", array(jobs, OpenJob::attempt, Integer[]::new))
                .bind("retries", array(jobs, OpenJob::retries, Integer[]::new))
                .bind("retryAt", times(jobs, OpenJob::retryAt))
                .bind("waits", array(jobs, OpenJob::waits, Boolean[]::new))
                .bind("waitsFor", array(jobs, OpenJob::waitsFor, UUID[]::new)));
  }

  /// Keeps the newest unfinished jobs of the job types from ending until the running transaction
  /// does, so that others can be made to wait for them.
  Mono<Void> hold(Collection<JobTypeId> jobTypes) {
    if (jobTypes.isEmpty()) {
      return Mono.empty();
    }
    return database
        .sql(
            """
            SELECT job_id FROM open_job WHERE job_id IN (
              SELECT newest.job_id FROM unnest(:jobTypes::text[]) AS wanted (id)
              CROSS JOIN LATERAL (
                (SELECT job_id FROM open_job WHERE %1$s AND NOT waits
                  ORDER BY job_type_id DESC, job_id DESC LIMIT 1)
                UNION ALL
                (SELECT job_id FROM open_job WHERE %1$s AND waits
                  ORDER BY job_type_id DESC, job_id DESC LIMIT 1)) AS newest)
            ORDER BY job_id FOR KEY SHARE
            """
                .formatted(OF_WANTED))
        .bind("jobTypes", jobTypes.stream().map(JobTypeId::toString).toArray(String[]::new))
        .then();
  }

  /// The unfinished jobs of each of the job types that has any.
  Mono<Map<JobTypeId, Unfinished>> of(Collection<JobTypeId> jobTypes) {
    return database
        .sql(UNFINISHED)
        .bind("jobTypes", jobTypes.stream().map(JobTypeId::toString).toArray(String[]::new))
        .bind("most", MOST_OF_A_JOB_TYPE)
        .map(row ->
            Map.entry(
                JobTypeId.parse(requireNonNull(row.get("id", String.class))), unfinished(row)))
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  /// Claims those whose retry is due, and those whose turn has come because no earlier one is left
  /// or their schedule was removed. What another scheduler has claimed, or whose job type it has,
  /// is passed over; the claim lasts as long as the running transaction.
  Flux<OpenJob> claimDue(int most) {
    return claim("retry_at <= now()", most)
        .concatWith(
            claim(
                """
                waits AND waits_for IS NULL AND (removed_at IS NOT NULL
                  OR paused_at IS NULL
                    AND NOT EXISTS (
                      SELECT FROM open_job AS earlier
                      WHERE earlier.job_type_id = job.job_type_id AND NOT earlier.waits
                        AND earlier.job_id <= greatest(job.job_id, job.behind))
                    AND NOT EXISTS (
                      SELECT FROM open_job AS earlier
                      WHERE earlier.job_type_id = job.job_type_id AND earlier.waits
                        AND earlier.job_id < job.job_id))
                """,
                most));
  }

  private Flux<OpenJob> claim(String condition, int most) {
    return database
        .sql(
            """
            SELECT job.* FROM open_job AS job JOIN job_type ON job_type.id = job.job_type_id
            WHERE %s
            ORDER BY retry_at, job_id LIMIT :most
            FOR NO KEY UPDATE OF job, job_type SKIP LOCKED
            """
                .formatted(condition))
        .bind("most", most)
        .map(OpenJobs::read)
        .all();
  }

  /// Lets jobs wait for nothing whose schedule was removed.
  Mono<Void> releaseOf(List<JobType> jobTypes) {
    String[] removed =
        jobTypes.stream()
            .filter(jobType -> jobType.removedAt() != null)
            .map(jobType -> jobType.id().toString())
            .toArray(String[]::new);
    return removed.length == 0
        ? Mono.empty()
        : database
            .sql(
                """
                WITH held AS (
                  SELECT job_id FROM open_job WHERE waits AND job_type_id = ANY(:removed)
                  ORDER BY job_id FOR NO KEY UPDATE)
                UPDATE open_job SET waits_for = NULL FROM held
                WHERE open_job.job_id = held.job_id
                """)
            .bind("removed", removed)
            .then();
  }

  /// Those of the ids, locked in their order, each with what its job type does about failures.
  Mono<Map<OpenJob, Retries>> lock(Collection<UUID> ids) {
    return database
        .sql(
            """
            SELECT open_job.*, job_type.retries AS most, retry_delay_seconds
            FROM open_job JOIN job_type ON job_type.id = job_type_id
            WHERE job_id = ANY(:ids) ORDER BY job_id FOR UPDATE OF open_job
            """)
        .bind("ids", ids.toArray(UUID[]::new))
        .map(row -> Map.entry(read(row), readPolicy(row)))
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  Mono<Void> update(List<OpenJob> jobs) {
    if (jobs.isEmpty()) {
      return Mono.empty();
    }
    return database
        .sql(
            """
            WITH changed AS (
              UPDATE open_job SET attempt = told.attempt, retries = told.retries,
                retry_at = told.retry_at, waits = told.waits, waits_for = NULL
              FROM unnest(:id::uuid[], :attempt::integer[], :retries::integer[],
                :retryAt::timestamptz[], :waits::boolean[])
                AS told (job_id, attempt, retries, retry_at, waits)
              WHERE open_job.job_id = told.job_id)
            SELECT pg_notify('schedules', '')
            """)
        .bind("id", array(jobs, OpenJob::jobId, UUID[]::new))
        .bind("attempt", array(jobs, OpenJob::attempt, Integer[]::new))
        .bind("retries", array(jobs, OpenJob::retries, Integer[]::new))
        .bind("retryAt", times(jobs, OpenJob::retryAt))
        .bind("waits", array(jobs, OpenJob::waits, Boolean[]::new))
        .then();
  }

  /// What removes jobs, locked in the order they are told of. Each is looked up by its id, as in
  /// {@link #UNFINISHED}.
  static final String REMOVE =
      """
      DELETE FROM open_job WHERE job_id = ANY(ARRAY(
        SELECT job.job_id FROM unnest(:ids::uuid[], :runs::integer[]) AS told (id, run)
        CROSS JOIN LATERAL (
          SELECT job_id FROM open_job WHERE job_id = told.id AND attempt <= told.run FOR UPDATE
        ) AS job))
      RETURNING job_type_id
      """;

  /// Forgets jobs that have ended, and wakes the schedulers where others waited for that: in a
  /// statement of its own, which sees who was made to wait while the jobs were being locked.
  ///
  /// @param ends in which run each ended; one of which a later run is known goes on
  Mono<Void> remove(SortedMap<UUID, Integer> ends) {
    if (ends.isEmpty()) {
      return Mono.empty();
    }
    return database
        .sql(REMOVE)
        .bind("ids", ends.keySet().toArray(UUID[]::new))
        .bind("runs", ends.values().toArray(Integer[]::new))
        .map(row -> requireNonNull(row.get("job_type_id", String.class)))
        .all()
        .collectList()
        .flatMap(this::wakeThoseWhoWait);
  }

  private Mono<Void> wakeThoseWhoWait(List<String> jobTypes) {
    return jobTypes.isEmpty()
        ? Mono.empty()
        : database
            .sql(
                """
                SELECT pg_notify('schedules', '') WHERE EXISTS (
                  SELECT FROM open_job WHERE job_type_id = ANY(:jobTypes) AND waits)
                """)
            .bind("jobTypes", jobTypes.toArray(String[]::new))
            .then();
  }

  /// How long until the next retry is due: negative when it is overdue, empty when there is none.
  Mono<Duration> untilNextRetry() {
    return database
        .sql(
            """
            SELECT extract(epoch FROM retry_at - clock_timestamp())::float8 AS seconds
            FROM open_job WHERE retry_at IS NOT NULL ORDER BY retry_at LIMIT 1
            """)
        .map(row ->
            Duration.ofMillis(
                (long) Math.ceil(1e3 * requireNonNull(row.get("seconds", Double.class)))))
        .one();
  }

  private static OpenJob read(Readable row) {
    return new OpenJob(
        requireNonNull(row.get("job_id", UUID.class)),
        JobTypeId.parse(requireNonNull(row.get("job_type_id", String.class))),
        time(row, "scheduled_for"),
        requireNonNull(row.get("attempt", Integer.class)),
        requireNonNull(row.get("retries", Integer.class)),
        time(row, "retry_at"),
        requireNonNull(row.get("waits", Boolean.class)),
        row.get("waits_for", UUID.class));
  }

  private static Retries readPolicy(Readable row) {
    return new Retries(
        requireNonNull(row.get("most", Integer.class)),
        new TimeSpan(
            Duration.ofSeconds(requireNonNull(row.get("retry_delay_seconds", Long.class)))));
  }

  private static Unfinished unfinished(Readable row) {
    UUID[] queued = row.get("queued", UUID[].class);
    return new Unfinished(
        queued == null ? List.of() : List.of(queued),
        row.get("first", UUID.class),
        row.get("last", UUID.class));
  }

  private static @Nullable Instant time(Readable row, String column) {
    OffsetDateTime time = row.get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static <T> T[] array(
      List<OpenJob> jobs, Function<OpenJob, @Nullable T> part, IntFunction<T[]> maker) {
    return jobs.stream().map(part).toArray(maker);
  }

  private static OffsetDateTime[] times(
      List<OpenJob> jobs, Function<OpenJob, @Nullable Instant> part) {
    return jobs.stream()
        .map(part)
        .map(time -> time == null ? null : time.atOffset(UTC))
        .toArray(OffsetDateTime[]::new);
  }
}

package com.cluedin.jobs.scheduler;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.Policy.Missed;
import com.cluedin.jobs.scheduler.Policy.Overlap;
import com.cluedin.jobs.scheduler.Policy.Pause;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The job types in PostgreSQL. Its clock is the one all schedulers share.
@Component
class JobTypes {

  private final DatabaseClient database;

  JobTypes(DatabaseClient database) {
    this.database = database;
  }

  /// The time. Who asks when job types are locked gets one after all that was done to them before.
  Mono<Instant> now() {
    return database
        .sql("SELECT clock_timestamp() AS now")
        .map(row -> instant(requireNonNull(row.get("now", OffsetDateTime.class))))
        .one();
  }

  /// Claims what is due, oldest first. What another scheduler has claimed is passed over; the claim
  /// lasts as long as the running transaction.
  Flux<JobType> claimDue(int most) {
    return database
        .sql(
            """
            SELECT * FROM job_type WHERE next_execution <= now()
            ORDER BY next_execution LIMIT :most FOR UPDATE SKIP LOCKED
            """)
        .bind("most", most)
        .map(JobTypes::read)
        .all();
  }

  /// Claims, as {@link #claimDue} does, what is due at this instant and has no unfinished job. That
  /// is looked up for each (OFFSET sees to it): the jobs which this transaction adds are in no
  /// statistics, and a join would compare all with all.
  Flux<JobType> claimDueAt(Instant due, int most) {
    return database
        .sql(
            """
            SELECT * FROM job_type WHERE next_execution = :due
              AND NOT EXISTS (SELECT FROM open_job WHERE job_type_id = job_type.id AND NOT waits OFFSET 0)
              AND NOT EXISTS (SELECT FROM open_job WHERE job_type_id = job_type.id AND waits OFFSET 0)
            LIMIT :most FOR UPDATE SKIP LOCKED
            """)
        .bind("due", due.atOffset(UTC))
        .bind("most", most)
        .map(JobTypes::read)
        .all();
  }

  /// What is due next; empty when nothing ever is.
  ///
  /// @param most up to how many job types are counted
  Mono<Upcoming> upcoming(int most) {
    return database
        .sql(
            """
            SELECT due, extract(epoch FROM due - clock_timestamp())::float8 AS seconds,
              (SELECT count(*) FROM (
                SELECT FROM job_type WHERE next_execution = due LIMIT :most) AS together) AS together
            FROM (
              SELECT next_execution AS due FROM job_type
              WHERE next_execution IS NOT NULL ORDER BY next_execution LIMIT 1) AS first
            """)
        .bind("most", most)
        .map(row ->
            new Upcoming(
                requireNonNull(time(row, "due")),
                left(row),
                requireNonNull(row.get("together", Long.class)).intValue()))
        .one();
  }

  /// How long until this instant; negative when it is past.
  Mono<Duration> until(Instant instant) {
    return database
        .sql("SELECT extract(epoch FROM :instant - clock_timestamp())::float8 AS seconds")
        .bind("instant", instant.atOffset(UTC))
        .map(JobTypes::left)
        .one();
  }

  /// All that are not removed, newest last.
  ///
  /// @param organization whose; null: everybody's
  Flux<JobType> list(@Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT * FROM job_type
            WHERE removed_at IS NULL AND (:organization::uuid IS NULL OR organization_id = :organization)
            ORDER BY created_at, id
            """)
        .bindValues(organization(organization))
        .map(JobTypes::read)
        .all();
  }

  /// Those that have one of the ids or belong to one of the configurations, locked in the order of
  /// their ids, so that two requests never wait for each other. Empty when there are none.
  ///
  /// The common table expression hands on each row, in order, once it is locked; so the time of the
  /// last is after all locks. In the SELECT that locks it would be told before.
  ///
  /// @param removedToo or else only those not removed
  Mono<Locked> lock(
      Collection<JobTypeId> ids,
      Collection<UUID> configurations,
      @Nullable UUID organization,
      boolean removedToo) {
    return database
        .sql(
            """
            WITH locked AS (
              SELECT * FROM job_type
              WHERE (id = ANY(:ids) OR configuration_id = ANY(:configurations))
                AND (removed_at IS NULL OR :removedToo)
                AND (:organization::uuid IS NULL OR organization_id = :organization)
              ORDER BY id FOR UPDATE)
            SELECT *, clock_timestamp() AS locked_at FROM locked
            """)
        .bind("ids", ids.stream().map(JobTypeId::toString).toArray(String[]::new))
        .bind("configurations", configurations.toArray(UUID[]::new))
        .bind("removedToo", removedToo)
        .bindValues(organization(organization))
        .map(row -> Map.entry(read(row), requireNonNull(time(row, "locked_at"))))
        .all()
        .collectList()
        .filter(rows -> !rows.isEmpty())
        .map(rows ->
            new Locked(rows.stream().map(Map.Entry::getKey).toList(), rows.getLast().getValue()));
  }

  /// Those of the ids, removed or not.
  Flux<JobType> of(Collection<JobTypeId> ids) {
    return database
        .sql("SELECT * FROM job_type WHERE id = ANY(:ids)")
        .bind("ids", ids.stream().map(JobTypeId::toString).toArray(String[]::new))
        .map(JobTypes::read)
        .all();
  }

  /// All of the configurations, removed or not, locked. What nobody has made yet is locked too: of
  /// two who see a configuration for the first time, the second sees what the first made of it.
  Flux<JobType> lockOfConfigurations(Collection<UUID> configurations) {
    Mono<Void> locked =
        database
            .sql(
                """
                SELECT pg_advisory_xact_lock(hashtextextended(id::text, 0))
                FROM unnest(:configurations) AS id ORDER BY id
                """)
            .bind("configurations", configurations.toArray(UUID[]::new))
            .then();
    Flux<JobType> found =
        database
            .sql(
                """
                SELECT * FROM job_type WHERE configuration_id = ANY(:configurations)
                ORDER BY id FOR UPDATE
                """)
            .bind("configurations", configurations.toArray(UUID[]::new))
            .map(JobTypes::read)
            .all();
    return locked.thenMany(found);
  }

  /// What writes that which firing and triggering change. Nobody is woken: all sleep until the next
  /// occurrence they know, and what comes after it is no sooner.
  static Change fired(List<JobType> jobTypes) {
    return new Change(
        "job_type",
        """
        UPDATE job_type SET last_job_id = fired.last_job_id,
          last_execution = fired.last_execution, last_occurrence = fired.last_occurrence,
          next_execution = fired.next_execution
        FROM unnest(:id::text[], :lastJobId::uuid[], :lastExecution::timestamptz[],
            :lastOccurrence::timestamptz[], :nextExecution::timestamptz[])
          AS fired (id, last_job_id, last_execution, last_occurrence, next_execution)
        WHERE job_type.id = fired.id
        """,
        statement -> bindFired(statement, jobTypes));
  }

  /// Writes the job types as they are, new ones too, and wakes the schedulers.
  Mono<Void> save(List<JobType> jobTypes) {
    if (jobTypes.isEmpty()) {
      return Mono.empty();
    }
    GenericExecuteSpec statement =
        database.sql(
            """
            WITH written AS (
              INSERT INTO job_type
                (id, configuration_id, organization_id, user_id, name, configuration_name, cron,
                 time_zone, queue, alarm_seconds, created_at, integration_at, integration_offset,
                 removed_at, last_job_id, last_execution, last_occurrence, next_execution,
                 missed, catch_up_seconds, overlap, spread_seconds, retries, retry_delay_seconds,
                 longest_run_seconds, paused_at, paused_by, pause_reason, restored_at)
              SELECT * FROM unnest(
                :id::text[], :configuration::uuid[], :organization::uuid[], :user::uuid[],
                :name::text[], :configurationName::text[], :cron::text[], :timeZone::text[],
                :queue::text[], :alarm::bigint[], :createdAt::timestamptz[],
                :integrationAt::timestamptz[], :integrationOffset::bigint[], :removedAt::timestamptz[], :lastJobId::uuid[],
                :lastExecution::timestamptz[], :lastOccurrence::timestamptz[],
                :nextExecution::timestamptz[], :missed::text[], :catchUp::bigint[],
                :overlap::text[], :spread::bigint[], :retries::integer[], :retryDelay::bigint[],
                :longestRun::bigint[], :pausedAt::timestamptz[], :pausedBy::text[],
                :pauseReason::text[], :restoredAt::timestamptz[])
              ON CONFLICT (id) DO UPDATE SET
                user_id = excluded.user_id, name = excluded.name,
                configuration_name = excluded.configuration_name, cron = excluded.cron,
                time_zone = excluded.time_zone, queue = excluded.queue,
                alarm_seconds = excluded.alarm_seconds, integration_at = excluded.integration_at,
                integration_offset = excluded.integration_offset,
                removed_at = excluded.removed_at, last_job_id = excluded.last_job_id,
                last_execution = excluded.last_execution,
                last_occurrence = excluded.last_occurrence,
                next_execution = excluded.next_execution, missed = excluded.missed,
                catch_up_seconds = excluded.catch_up_seconds, overlap = excluded.overlap,
                spread_seconds = excluded.spread_seconds, retries = excluded.retries,
                retry_delay_seconds = excluded.retry_delay_seconds,
                longest_run_seconds = excluded.longest_run_seconds, paused_at = excluded.paused_at,
                paused_by = excluded.paused_by, pause_reason = excluded.pause_reason,
                restored_at = excluded.restored_at)
            SELECT pg_notify('schedules', '')
            """);
    return bindFired(statement, jobTypes)
        .bind("configuration", array(jobTypes, type -> type.id().configurationId(), UUID[]::new))
        .bind("organization", array(jobTypes, type -> type.id().organizationId(), UUID[]::new))
        .bind("user", array(jobTypes, JobType::userId, UUID[]::new))
        .bind("name", array(jobTypes, JobType::name, String[]::new))
        .bind("configurationName", array(jobTypes, JobType::configurationName, String[]::new))
        .bind("cron", array(jobTypes, type -> type.schedule().cron(), String[]::new))
        .bind("timeZone", array(jobTypes, type -> type.schedule().timeZone(), String[]::new))
        .bind("queue", array(jobTypes, JobType::queue, String[]::new))
        .bind("alarm", array(jobTypes, type -> seconds(type.alarm()), Long[]::new))
        .bind("createdAt", times(jobTypes, JobType::createdAt))
        .bind("integrationAt", times(jobTypes, type -> type.followed().at()))
        .bind("integrationOffset", array(jobTypes, type -> type.followed().offset(), Long[]::new))
        .bind("removedAt", times(jobTypes, JobType::removedAt))
        .bind("restoredAt", times(jobTypes, JobType::restoredAt))
        .bind("missed", policies(jobTypes, policy -> policy.missed().toString(), String[]::new))
        .bind("catchUp", policies(jobTypes, policy -> seconds(policy.catchUp()), Long[]::new))
        .bind("overlap", policies(jobTypes, policy -> policy.overlap().toString(), String[]::new))
        .bind("retries", policies(jobTypes, policy -> policy.retries().most(), Integer[]::new))
        .bind(
            "retryDelay",
            policies(jobTypes, policy -> seconds(policy.retries().delay()), Long[]::new))
        .bind("longestRun", policies(jobTypes, policy -> seconds(policy.longestRun()), Long[]::new))
        .bind("spread", policies(jobTypes, policy -> seconds(policy.spread()), Long[]::new))
        .bind("pausedAt", times(jobTypes, type -> pause(type, Pause::at)))
        .bind("pausedBy", array(jobTypes, type -> pause(type, Pause::by), String[]::new))
        .bind("pauseReason", array(jobTypes, type -> pause(type, Pause::reason), String[]::new))
        .then();
  }

  /// Binds what they are known by, and what firing and triggering change.
  private static GenericExecuteSpec bindFired(
      GenericExecuteSpec statement, List<JobType> jobTypes) {
    return statement
        .bind("id", array(jobTypes, type -> type.id().toString(), String[]::new))
        .bind("lastJobId", array(jobTypes, JobType::lastJobId, UUID[]::new))
        .bind("lastExecution", times(jobTypes, JobType::lastExecution))
        .bind("lastOccurrence", times(jobTypes, type -> type.schedule().lastOccurrence()))
        .bind("nextExecution", times(jobTypes, type -> type.schedule().nextExecution()));
  }

  private static <T> T[] policies(
      List<JobType> jobTypes, Function<Policy, T> part, IntFunction<T[]> maker) {
    return array(jobTypes, type -> part.apply(type.schedule().policy()), maker);
  }

  private static <T> @Nullable T pause(JobType jobType, Function<Pause, @Nullable T> part) {
    @Nullable Pause pause = jobType.schedule().policy().pause();
    return pause == null ? null : part.apply(pause);
  }

  private static long seconds(TimeSpan span) {
    return span.duration().toSeconds();
  }

  private static <T> T[] array(
      List<JobType> jobTypes, Function<JobType, @Nullable T> part, IntFunction<T[]> maker) {
    return jobTypes.stream().map(part).toArray(maker);
  }

  private static OffsetDateTime[] times(
      List<JobType> jobTypes, Function<JobType, @Nullable Instant> part) {
    return jobTypes.stream()
        .map(part)
        .map(instant -> instant == null ? null : instant.atOffset(UTC))
        .toArray(OffsetDateTime[]::new);
  }

  static Map<String, Object> organization(@Nullable UUID organization) {
    return Map.of(
        "organization",
        organization == null ? Parameters.in(UUID.class) : Parameters.in(organization));
  }

  private static Duration left(Readable row) {
    return Duration.ofNanos((long) (1e9 * requireNonNull(row.get("seconds", Double.class))));
  }

  static JobType read(Readable row) {
    return new JobType(
        JobTypeId.parse(requireNonNull(row.get("id", String.class))),
        requireNonNull(row.get("user_id", UUID.class)),
        requireNonNull(row.get("name", String.class)),
        row.get("configuration_name", String.class),
        requireNonNull(row.get("queue", String.class)),
        span(row, "alarm_seconds"),
        requireNonNull(time(row, "created_at")),
        new LogPlace(
            requireNonNull(time(row, "integration_at")),
            requireNonNull(row.get("integration_offset", Long.class))),
        time(row, "removed_at"),
        time(row, "restored_at"),
        row.get("last_job_id", UUID.class),
        time(row, "last_execution"),
        new Schedule(
            requireNonNull(row.get("cron", String.class)),
            requireNonNull(row.get("time_zone", String.class)),
            readPolicy(row),
            time(row, "last_occurrence"),
            time(row, "next_execution")));
  }

  private static Policy readPolicy(Readable row) {
    @Nullable Instant pausedAt = time(row, "paused_at");
    return new Policy(
        Missed.valueOf(requireNonNull(row.get("missed", String.class)).toUpperCase(Locale.ROOT)),
        span(row, "catch_up_seconds"),
        Overlap.valueOf(requireNonNull(row.get("overlap", String.class)).toUpperCase(Locale.ROOT)),
        span(row, "spread_seconds"),
        new Retries(
            requireNonNull(row.get("retries", Integer.class)), span(row, "retry_delay_seconds")),
        span(row, "longest_run_seconds"),
        pausedAt == null
            ? null
            : new Pause(
                requireNonNull(row.get("pause_reason", String.class)),
                row.get("paused_by", String.class),
                pausedAt));
  }

  private static TimeSpan span(Readable row, String column) {
    return new TimeSpan(Duration.ofSeconds(requireNonNull(row.get(column, Long.class))));
  }

  private static @Nullable Instant time(Readable row, String column) {
    OffsetDateTime time = row.get(column, OffsetDateTime.class);
    return time == null ? null : instant(time);
  }

  private static Instant instant(OffsetDateTime time) {
    return time.toInstant();
  }

  /// Job types that nobody else changes until the running transaction ends.
  ///
  /// @param jobTypes at least one
  /// @param at when all of them were locked, and so after all that was done to them before
  record Locked(List<JobType> jobTypes, Instant at) {}
}

package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.service.WholeTransactions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Writes what is told of jobs into PostgreSQL.
///
/// One statement merges a batch into the rows, puts aside the runs that are not the newest any
/// more, and moves the tallies by the difference of old and new rows. A second one puts aside what
/// is told of earlier runs, where anything is. All of it or nothing is kept. Rows are locked in the
/// order of their keys, so trackers side by side never wait for each other in a circle.
@Component
class ReadModel {

  private final DatabaseClient database;
  private final WholeTransactions transaction;

  ReadModel(DatabaseClient database, WholeTransactions transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  /// Merges the facts, in the running transaction where there is one.
  ///
  /// @param jobs each job once
  /// @return the jobs of which a run was told, and a later one than any of these is known
  Mono<Set<UUID>> merge(Collection<JobFacts> jobs) {
    if (jobs.isEmpty()) {
      return Mono.just(Set.of());
    }
    List<JobFacts> told = jobs.stream().sorted(comparing(JobFacts::jobId, JobIds.ORDER)).toList();
    GenericExecuteSpec statement = bindJobs(database.sql(MERGE), told);
    return bindRuns(statement, told.stream().map(ReadModel::newestRun).toList())
        .map(row ->
            Map.entry(
                requireNonNull(row.get("id", UUID.class)),
                requireNonNull(row.get("attempt", Short.class)).intValue()))
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue)
        .flatMap(laterThanTheFirst -> {
          Set<UUID> outranked =
              told.stream()
                  .filter(job ->
                      newestRun(job).attempt() < laterThanTheFirst.getOrDefault(job.jobId(), 0))
                  .map(JobFacts::jobId)
                  .collect(toSet());
          return putAside(told, outranked).thenReturn(outranked);
        })
        .as(transaction::transactional);
  }

  /// Merges what is told of runs that are not the newest with what was put aside.
  private Mono<Void> putAside(List<JobFacts> told, Set<UUID> outranked) {
    List<EarlierRun> runs =
        told.stream()
            .flatMap(job ->
                (outranked.contains(job.jobId()) ? job.runs().values() : job.earlierRuns())
                    .stream().map(run -> new EarlierRun(job.jobId(), run)))
            .toList();
    if (runs.isEmpty()) {
      return Mono.empty();
    }
    GenericExecuteSpec statement =
        database.sql(PUT_ASIDE).bind("id", array(runs, EarlierRun::jobId, UUID[]::new));
    return bindRuns(statement, runs.stream().map(EarlierRun::run).toList()).then();
  }

  /// Of the same run, what is known and what is told (`excluded`) make this; see {@link RunFacts}.
  private static final Map<String, String> RUN = new LinkedHashMap<>();

  static {
    String beginsEarlier =
        """
        CASE WHEN known.started_at IS NULL OR (excluded.started_at, excluded.agent COLLATE "C")
          < (known.started_at, known.agent COLLATE "C") THEN excluded.%1$s ELSE known.%1$s END\
        """;
    String endsHigher =
        """
        CASE WHEN excluded.rank > known.rank OR excluded.rank = known.rank
          AND (excluded.finished_at, excluded.remark COLLATE "C")
            < (known.finished_at, known.remark COLLATE "C") THEN excluded.%1$s ELSE known.%1$s END\
        """;
    RUN.put("rank", "greatest(known.rank, excluded.rank)");
    RUN.put("progress", "greatest(known.progress, excluded.progress)");
    RUN.put("agent", beginsEarlier.formatted("agent"));
    RUN.put("started_at", "least(known.started_at, excluded.started_at)");
    RUN.put("first_heard_at", "least(known.first_heard_at, excluded.first_heard_at)");
    RUN.put("heard_at", "greatest(known.heard_at, excluded.heard_at)");
    RUN.put("silent_heard_at", "greatest(known.silent_heard_at, excluded.silent_heard_at)");
    RUN.put("finished_at", endsHigher.formatted("finished_at"));
    RUN.put("remark", endsHigher.formatted("remark"));
  }

  private static final String RUN_COLUMNS = String.join(", ", RUN.keySet());

  /// Attempts, and what is told of them in the order of `RUN_COLUMNS`.
  private static final String TOLD_RUNS =
      """
      :attempt::smallint[], :rank::smallint[], :progress::bigint[], :agent::text[],
      :startedAt::timestamptz[], :firstHeardAt::timestamptz[], :heardAt::timestamptz[],
      :silentHeardAt::timestamptz[], :finishedAt::timestamptz[], :remark::text[]\
      """;

  private static String sameRun() {
    return RUN.entrySet().stream()
        .map(column -> column.getKey() + " = " + column.getValue())
        .collect(joining(",\n"));
  }

  private static String newestRun() {
    return RUN.entrySet().stream()
        .map(column ->
            """
            %1$s = CASE WHEN excluded.attempt > known.attempt THEN excluded.%1$s
              WHEN excluded.attempt < known.attempt THEN known.%1$s ELSE %2$s END\
            """
                .formatted(column.getKey(), column.getValue()))
        .collect(joining(",\n"));
  }

  /// What JobQueued says of a job; of several the first counts.
  private static final List<String> DESCRIPTION =
      List.of(
          "organization_id",
          "configuration_id",
          "provider_id",
          "user_id",
          "queued_at",
          "scheduled_for",
          "alarm_seconds",
          "name",
          "configuration_name",
          "queue",
          "requested_by",
          "longest_run_seconds",
          "alarm_at");

  /// What the wish to stop a job says; of several the first counts.
  private static final List<String> WISH =
      List.of("abandon_requested_at", "abandon_requested_by", "abandon_reason");

  private static final String JOB_COLUMNS =
      String.join(
          ", ",
          "id",
          String.join(", ", DESCRIPTION),
          String.join(", ", WISH),
          "alarm_raised_at",
          "attempt",
          RUN_COLUMNS);

  private static String firstDescription() {
    return DESCRIPTION.stream()
        .map(column ->
            """
            %1$s = CASE WHEN known.queued_at IS NULL OR excluded.queued_at < known.queued_at
              THEN excluded.%1$s ELSE known.%1$s END\
            """
                .formatted(column))
        .collect(joining(",\n"));
  }

  private static String firstWish() {
    return WISH.stream()
        .map(column ->
            """
            %1$s = CASE WHEN known.abandon_requested_at IS NULL OR (excluded.abandon_requested_at,
                excluded.abandon_requested_by COLLATE "C", excluded.abandon_reason COLLATE "C")
              < (known.abandon_requested_at, known.abandon_requested_by COLLATE "C",
                known.abandon_reason COLLATE "C") THEN excluded.%1$s ELSE known.%1$s END\
            """
                .formatted(column))
        .collect(joining(",\n"));
  }

  /// What is told comes in the order of ids; arrays are unfolded in their order. No run comes
  /// before the first, so that nothing has to be known of jobs that are in it.
  private static final String MERGE =
      """
      WITH changed AS (
        INSERT INTO job AS known (%1$s)
        SELECT %1$s FROM (
          SELECT *, CASE WHEN alarm_seconds > 0
            THEN queued_at + alarm_seconds * interval '1 second' END AS alarm_at
          FROM unnest(
            :id::uuid[], :organization::uuid[], :configuration::uuid[], :provider::uuid[],
            :user::uuid[], :queuedAt::timestamptz[], :scheduledFor::timestamptz[],
            :alarm::bigint[], :name::text[], :configurationName::text[], :queue::text[],
            :requestedBy::text[], :longestRun::bigint[], :abandonRequestedAt::timestamptz[],
            :abandonRequestedBy::text[], :abandonReason::text[], :alarmRaisedAt::timestamptz[],
            %9$s) AS told (%6$s)
        ) AS told
        ON CONFLICT (id) DO UPDATE SET
          %2$s,
          %3$s,
          attempt = greatest(known.attempt, excluded.attempt),
          %7$s,
          alarm_raised_at = least(known.alarm_raised_at, excluded.alarm_raised_at)
        RETURNING new.id, new.attempt, new.rank, new.organization_id, new.configuration_id,
          new.provider_id, new.queued_at, old.rank AS old_rank,
          old.organization_id AS old_organization_id, old.configuration_id AS old_configuration_id,
          old.provider_id AS old_provider_id, old.queued_at AS old_queued_at,
          CASE WHEN old.attempt BETWEEN 1 AND new.attempt - 1 THEN old END AS outranked,
          (old.rank, old.queued_at, old.organization_id, old.configuration_id, old.provider_id)
            IS DISTINCT FROM
              (new.rank, new.queued_at, new.organization_id, new.configuration_id, new.provider_id)
            AS moved
      ),
      put_aside AS (
        INSERT INTO earlier_run AS known (job_id, attempt, %4$s)
        SELECT id, (outranked).attempt, %10$s
        FROM changed WHERE (outranked).attempt IS NOT NULL
        ON CONFLICT (job_id, attempt) DO UPDATE SET
          %5$s
      ),
      move (configuration_id, organization_id, provider_id, rank, queued_at, change) AS (
        SELECT old_configuration_id, old_organization_id, old_provider_id, old_rank,
          old_queued_at, -1
        FROM changed WHERE moved AND old_queued_at IS NOT NULL
        UNION ALL
        SELECT configuration_id, organization_id, provider_id, rank, queued_at, 1
        FROM changed WHERE moved AND queued_at IS NOT NULL
      ),
      %8$s
      SELECT id, attempt FROM changed WHERE attempt > 1
      """
          .formatted(
              JOB_COLUMNS,
              firstDescription(),
              newestRun(),
              RUN_COLUMNS,
              sameRun(),
              JOB_COLUMNS.replace("alarm_at, ", ""),
              firstWish(),
              Tallies.CHANGED,
              TOLD_RUNS,
              RUN.keySet().stream().map("(outranked).%s"::formatted).collect(joining(", ")));

  private static final String PUT_ASIDE =
      """
      INSERT INTO earlier_run AS known (job_id, attempt, %1$s)
      SELECT * FROM unnest(:id::uuid[], %2$s)
      ON CONFLICT (job_id, attempt) DO UPDATE SET
        %3$s
      """
          .formatted(RUN_COLUMNS, TOLD_RUNS, sameRun());

  private static GenericExecuteSpec bindJobs(GenericExecuteSpec statement, List<JobFacts> jobs) {
    return statement
        .bind("id", array(jobs, JobFacts::jobId, UUID[]::new))
        .bind("organization", ids(jobs, JobTypeId::organizationId))
        .bind("configuration", ids(jobs, JobTypeId::configurationId))
        .bind("provider", ids(jobs, JobTypeId::providerId))
        .bind("user", array(jobs, queued(JobQueued::userId), UUID[]::new))
        .bind("queuedAt", times(jobs, queued(JobQueued::at)))
        .bind("scheduledFor", times(jobs, queued(JobQueued::scheduledFor)))
        .bind("alarm", array(jobs, queued(job -> seconds(job.alarm())), Long[]::new))
        .bind("name", array(jobs, queued(job -> Text.kept(job.name(), 400)), String[]::new))
        .bind(
            "configurationName",
            array(
                jobs, queued(job -> Text.keptOrNull(job.configurationName(), 400)), String[]::new))
        .bind("queue", array(jobs, queued(job -> Text.kept(job.queue(), 100)), String[]::new))
        .bind(
            "requestedBy",
            array(
                jobs, queued(job -> Text.keptOrNull(job.requestedBy(), Text.NAME)), String[]::new))
        .bind("longestRun", array(jobs, queued(job -> seconds(job.longestRun())), Long[]::new))
        .bind("abandonRequestedAt", times(jobs, wish(Wish::at)))
        .bind("abandonRequestedBy", array(jobs, wish(Wish::requestedBy), String[]::new))
        .bind("abandonReason", array(jobs, wish(Wish::reason), String[]::new))
        .bind("alarmRaisedAt", times(jobs, JobFacts::alarmRaisedAt));
  }

  private static GenericExecuteSpec bindRuns(GenericExecuteSpec statement, List<RunFacts> runs) {
    return statement
        .bind("attempt", array(runs, run -> (short) run.attempt(), Short[]::new))
        .bind("rank", array(runs, run -> run.state().rank(), Short[]::new))
        .bind("progress", array(runs, RunFacts::progress, Long[]::new))
        .bind("agent", array(runs, RunFacts::agent, String[]::new))
        .bind("startedAt", times(runs, RunFacts::startedAt))
        .bind("firstHeardAt", times(runs, RunFacts::firstHeardAt))
        .bind("heardAt", times(runs, RunFacts::heardAt))
        .bind("silentHeardAt", times(runs, RunFacts::silentHeardAt))
        .bind("finishedAt", times(runs, RunFacts::finishedAt))
        .bind("remark", array(runs, RunFacts::remark, String[]::new));
  }

  /// Where nothing is known of any run yet, the job waits in no run.
  private static RunFacts newestRun(JobFacts job) {
    RunFacts newest = job.newestRun();
    return newest == null ? RunFacts.queued(0) : newest;
  }

  private static UUID[] ids(List<JobFacts> jobs, Function<JobTypeId, UUID> part) {
    return array(jobs, queued(job -> part.apply(job.jobTypeId())), UUID[]::new);
  }

  private static <T> Function<JobFacts, @Nullable T> queued(Function<JobQueued, @Nullable T> part) {
    return job -> job.queued() == null ? null : part.apply(job.queued());
  }

  private static <T> Function<JobFacts, @Nullable T> wish(Function<Wish, T> part) {
    return job -> job.wish() == null ? null : part.apply(job.wish());
  }

  private static @Nullable Long seconds(@Nullable TimeSpan span) {
    return span == null ? null : span.duration().toSeconds();
  }

  private static <F, T> T[] array(
      List<F> facts, Function<F, @Nullable T> part, IntFunction<T[]> maker) {
    return facts.stream().map(part).toArray(maker);
  }

  private static <F> OffsetDateTime[] times(List<F> facts, Function<F, @Nullable Instant> part) {
    return facts.stream()
        .map(part)
        .map(time -> time == null ? null : time.atOffset(UTC))
        .toArray(OffsetDateTime[]::new);
  }

  private record EarlierRun(UUID jobId, RunFacts run) {}
}

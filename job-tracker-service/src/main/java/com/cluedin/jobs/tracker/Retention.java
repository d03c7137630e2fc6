package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.service.WholeTransactions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Forgets jobs that are over, with all that was told of them, and decisions about occurrences,
/// when they and what became of them are older than they are to be kept. A job that is not over is
/// kept however old it is.
///
/// A thousand at a time; rows that others hold are left to the next time. The tallies move with the
/// rows. The space is used again for what comes: the tables stay as large as what is kept. The log
/// keeps everything: a read model made anew forgets anew.
@Component
@InService
class Retention {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final int AT_A_TIME = 1_000;

  /// What is left of the time for those who work.
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final DatabaseClient database;
  private final WholeTransactions transaction;
  private final Backlog backlog;
  private final @Nullable Duration length;

  Retention(
      DatabaseClient database,
      WholeTransactions transaction,
      Backlog backlog,
      TrackerSettings settings) {
    this.database = database;
    this.transaction = transaction;
    this.backlog = backlog;
    this.length = settings.retention();
  }

  /// Forgets all that is too old by now. Only when all that was told is read: of a job that nobody
  /// is known to have queued it may be told yet.
  ///
  /// @return how many jobs
  @Scheduled(fixedDelay = 600_000, initialDelay = 30_000)
  Mono<Long> forget() {
    return length == null
        ? Mono.just(0L)
        : backlog.isRead().filter(read -> read).flatMap(_ -> forget(length)).defaultIfEmpty(0L);
  }

  private Mono<Long> forget(Duration age) {
    double seconds = age.toMillis() / 1e3;
    return asLongAsThereAre(() -> forgetJobs(seconds))
        .zipWith(asLongAsThereAre(() -> rows(DECISIONS, seconds)))
        .flatMap(gone ->
            gone.getT1() + gone.getT2() == 0
                ? Mono.just(0L)
                : asLongAsThereAre(() -> rows(EMPTY_TALLIES, seconds))
                    .doOnNext(_ ->
                        log.info("forgot {} jobs and {} decisions", gone.getT1(), gone.getT2()))
                    .thenReturn(gone.getT1()));
  }

  private Mono<Long> asLongAsThereAre(Supplier<Mono<Long>> forgetting) {
    return Mono.defer(forgetting)
        .expand(gone ->
            gone < AT_A_TIME ? Mono.empty() : Mono.delay(BETWEEN).then(Mono.defer(forgetting)))
        .reduce(0L, Long::sum);
  }

  /// First they are locked. What was told of them is looked for after that, so that nothing which
  /// somebody was about to write is left behind.
  private Mono<Long> forgetJobs(double seconds) {
    return database
        .sql(OLD_JOBS)
        .bind("seconds", seconds)
        .map(row -> requireNonNull(row.get("id", UUID.class)))
        .all()
        .collectList()
        .flatMap(ids -> ids.isEmpty() ? Mono.just(0L) : forgetThese(ids))
        .as(transaction::transactional);
  }

  private Mono<Long> forgetThese(List<UUID> ids) {
    return gone(database.sql(THESE_JOBS).bind("ids", ids.toArray(UUID[]::new)));
  }

  private Mono<Long> rows(String statement, double seconds) {
    return gone(database.sql(statement).bind("seconds", seconds));
  }

  private static Mono<Long> gone(DatabaseClient.GenericExecuteSpec statement) {
    return statement.map(row -> requireNonNull(row.get("gone", Long.class))).one();
  }

  /// A job of which nobody has heard that it was queued was forgotten before, as all that was told
  /// is read; its id says how old it is.
  private static final String OLD_JOBS =
      """
      WITH over AS MATERIALIZED (
        SELECT id FROM job
        WHERE queued_at < now() - :seconds * interval '1 second' AND rank >= 2
          AND (finished_at < now() - :seconds * interval '1 second') IS NOT FALSE
        ORDER BY queued_at, id LIMIT %1$d FOR UPDATE SKIP LOCKED
      ), only_heard_of AS MATERIALIZED (
        SELECT id FROM job
        WHERE queued_at IS NULL AND id < (lpad(to_hex((
          extract(epoch FROM now() - :seconds * interval '1 second') * 1000)::bigint), 12, '0')
          || '00000000000000000000')::uuid
        LIMIT %1$d FOR UPDATE SKIP LOCKED
      )
      TABLE over UNION ALL TABLE only_heard_of
      """
          .formatted(AT_A_TIME);

  private static final String THESE_JOBS =
      """
      WITH gone AS (
        DELETE FROM job WHERE id = ANY(:ids)
        RETURNING id, organization_id, configuration_id, provider_id, rank, queued_at
      ), events AS (
        DELETE FROM job_event WHERE job_id = ANY(:ids)
      ), runs AS (
        DELETE FROM earlier_run WHERE job_id = ANY(:ids)
      ), move AS (
        SELECT configuration_id, organization_id, provider_id, rank, queued_at, -1 AS change
        FROM gone WHERE queued_at IS NOT NULL
      ),
      %s
      SELECT count(*) AS gone FROM gone
      """
          .formatted(Tallies.CHANGED);

  private static final String DECISIONS =
      """
      WITH gone AS (
        DELETE FROM decision WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM decision
          WHERE scheduled_for < now() - :seconds * interval '1 second'
            AND decided_at < now() - :seconds * interval '1 second'
          LIMIT %d FOR UPDATE SKIP LOCKED))
        RETURNING 1
      )
      SELECT count(*) AS gone FROM gone
      """
          .formatted(AT_A_TIME);

  /// Waits for nobody, so that nobody can wait for it in a circle. There are more hours than days,
  /// so their count tells when to stop.
  private static final String EMPTY_TALLIES =
      """
      WITH gone AS (
        DELETE FROM tally WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM tally
          WHERE jobs = 0 AND period < now() - :seconds * interval '1 second'
          LIMIT %1$d FOR UPDATE SKIP LOCKED))
        RETURNING 1
      ), days_gone AS (
        DELETE FROM tally_of_day WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM tally_of_day
          WHERE jobs = 0 AND day < now() - :seconds * interval '1 second'
          LIMIT %1$d FOR UPDATE SKIP LOCKED))
      )
      SELECT count(*) AS gone FROM gone
      """
          .formatted(AT_A_TIME);
}

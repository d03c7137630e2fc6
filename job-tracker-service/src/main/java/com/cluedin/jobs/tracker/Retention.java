package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Forgets jobs that are over and were queued longer ago than they are to be kept, with all that
/// was told of them, and decisions of that age. A job that is not over is kept however old it is.
///
/// A thousand at a time, in a transaction of milliseconds that waits for nobody's rows; the tallies
/// move with the rows. The space is used again for what comes: the tables stay as large as what is
/// kept. The log keeps everything: a read model made anew forgets anew.
@Component
@ConditionalOnProperty("tracker.retention")
class Retention {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final int AT_A_TIME = 1_000;

  /// What is left of the time for those who work.
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final DatabaseClient database;
  private final double seconds;

  Retention(DatabaseClient database, TrackerSettings settings) {
    this.database = database;
    this.seconds = requireNonNull(settings.retention()).toMillis() / 1e3;
  }

  /// Forgets all that is too old by now.
  ///
  /// @return how many jobs
  @Scheduled(fixedDelay = 600_000, initialDelay = 30_000)
  Mono<Long> forget() {
    return asLongAsThereAre(JOBS)
        .flatMap(jobs ->
            asLongAsThereAre(DECISIONS)
                .flatMap(decisions ->
                    jobs + decisions == 0
                        ? Mono.just(jobs)
                        : rowsOf(EMPTY_TALLIES)
                            .doOnNext(
                                _ -> log.info("forgot {} jobs and {} decisions", jobs, decisions))
                            .thenReturn(jobs)));
  }

  private Mono<Long> asLongAsThereAre(String statement) {
    return rowsOf(statement)
        .expand(
            gone -> gone < AT_A_TIME ? Mono.empty() : Mono.delay(BETWEEN).then(rowsOf(statement)))
        .reduce(0L, Long::sum);
  }

  private Mono<Long> rowsOf(String statement) {
    return database
        .sql(statement)
        .bind("seconds", seconds)
        .map(row -> requireNonNull(row.get("gone", Long.class)))
        .one();
  }

  /// Rows that others hold are left to the next time. A job of which nobody has heard that it was
  /// queued was forgotten before, or never will be known; its id says how old it is.
  private static final String JOBS =
      """
      WITH old AS MATERIALIZED (
        SELECT id FROM job
        WHERE queued_at < now() - :seconds * interval '1 second' AND rank >= 2
        ORDER BY queued_at, id LIMIT %1$d FOR UPDATE SKIP LOCKED
      ), only_heard_of AS MATERIALIZED (
        SELECT id FROM job
        WHERE queued_at IS NULL AND id < (lpad(to_hex((
          extract(epoch FROM now() - :seconds * interval '1 second') * 1000)::bigint), 12, '0')
          || '00000000000000000000')::uuid
        LIMIT %1$d FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM job USING (TABLE old UNION ALL TABLE only_heard_of) AS old WHERE job.id = old.id
        RETURNING job.id, organization_id, configuration_id, provider_id, rank, queued_at
      ), events AS (
        DELETE FROM job_event USING gone WHERE job_id = id
      ), runs AS (
        DELETE FROM earlier_run USING gone WHERE job_id = id
      ), tallied AS (
        INSERT INTO tally (configuration_id, organization_id, period, rank, provider_id, jobs)
        SELECT configuration_id, organization_id, coalesce(hour, day), rank, provider_id, -count(*)
        FROM gone, date_trunc('hour', queued_at, 'UTC') AS hour,
          date_trunc('day', queued_at, 'UTC') AS day
        WHERE queued_at IS NOT NULL
        GROUP BY GROUPING SETS (
          (rank), (rank, hour), (organization_id, rank), (organization_id, rank, hour),
          (configuration_id, organization_id, provider_id, rank),
          (configuration_id, organization_id, provider_id, rank, day))
        ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (configuration_id, organization_id, period, rank, provider_id)
          DO UPDATE SET jobs = tally.jobs + excluded.jobs
      )
      SELECT count(*) AS gone FROM gone
      """
          .formatted(AT_A_TIME);

  private static final String DECISIONS =
      """
      WITH gone AS (
        DELETE FROM decision WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM decision WHERE scheduled_for < now() - :seconds * interval '1 second'
          LIMIT %d FOR UPDATE SKIP LOCKED))
        RETURNING 1
      )
      SELECT count(*) AS gone FROM gone
      """
          .formatted(AT_A_TIME);

  private static final String EMPTY_TALLIES =
      """
      WITH gone AS (
        DELETE FROM tally WHERE jobs = 0 AND period < now() - :seconds * interval '1 second'
        RETURNING 1
      )
      SELECT count(*) AS gone FROM gone
      """;
}

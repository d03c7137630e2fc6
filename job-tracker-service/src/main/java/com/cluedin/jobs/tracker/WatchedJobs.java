package com.cluedin.jobs.tracker;

import java.time.Duration;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Finds the jobs that the watch has to do something about: of each sort some hundred at a time.
/// What is found is found again until what the watch says of it is merged.
///
/// Time is PostgreSQL's at the beginning of the transaction: all that Kafka had until then is read
/// when this is asked ({@link Backlog}), and of what came later nothing is known.
@Component
class WatchedJobs {

  private static final int MOST = 300;

  /// When the run has to be over; null where it may take as long as it likes.
  private static final String LATEST_END =
      "(first_heard_at + nullif(longest_run_seconds, 0) * interval '1 second')";

  private final DatabaseClient database;

  WatchedJobs(DatabaseClient database) {
    this.database = database;
  }

  /// Makes this tracker the one that watches until the transaction ends.
  ///
  /// @return false while another does
  Mono<Boolean> watchAlone() {
    return database
        .sql(
            """
            SELECT pg_try_advisory_xact_lock(hashtextextended('tracker.job-watch', 0)) AS alone
            """)
        .map(row -> Boolean.TRUE.equals(row.get("alone", Boolean.class)))
        .one();
  }

  /// Somebody wants them stopped, and no agent began them.
  Flux<Job> abandonedInTheQueue() {
    return find("abandon_requested_at IS NOT NULL AND rank = 0", Map.of());
  }

  /// Somebody wanted them stopped while they were allowed to run, and their agent has been silent
  /// for longer than this since.
  Flux<Job> abandonedAndSilent(Duration silence) {
    return find(
        """
        abandon_requested_at IS NOT NULL AND rank = 1
          AND greatest(heard_at, abandon_requested_at)
            < now() - :seconds * interval '1 second'
          AND (abandon_requested_at < %s) IS NOT FALSE
        """
            .formatted(LATEST_END),
        seconds(silence));
  }

  /// Somebody wanted them stopped while they were allowed to run, and for longer than this they
  /// have not been; their agent is heard all the same.
  Flux<Job> abandonedAndStillRunning(Duration patience) {
    return find(
        """
        abandon_requested_at IS NOT NULL AND rank = 1 AND abandon_requested_at < %1$s
          AND %1$s < now() - :seconds * interval '1 second'
          AND greatest(heard_at, abandon_requested_at) >= now() - :seconds * interval '1 second'
        """
            .formatted(LATEST_END),
        seconds(patience));
  }

  /// They run for longer than they may, and nobody asked to stop them yet.
  Flux<Job> runningTooLong() {
    return find(
        "abandon_requested_at IS NULL AND rank = 1 AND %s < now()".formatted(LATEST_END), Map.of());
  }

  /// They ran for longer than they may, were asked to stop only then, and did not within this.
  Flux<Job> notStopped(Duration patience) {
    return find(
        """
        abandon_requested_at IS NOT NULL AND rank = 1
          AND abandon_requested_at >= %s
          AND abandon_requested_at < now() - :seconds * interval '1 second'
        """
            .formatted(LATEST_END),
        seconds(patience));
  }

  /// They are not finished though their alarm was due longer ago than this.
  Flux<Job> late(Duration patience) {
    return find(
        """
        alarm_at < now() - :seconds * interval '1 second' AND alarm_raised_at IS NULL AND rank < 2
        """,
        seconds(patience));
  }

  /// Nothing was heard of them for longer than this, and nobody has said so yet.
  Flux<Job> silent(Duration silence) {
    return find(
        """
        rank = 1 AND heard_at < now() - :seconds * interval '1 second'
          AND (silent_heard_at IS NULL OR silent_heard_at < heard_at)
        """,
        seconds(silence));
  }

  private Flux<Job> find(String condition, Map<String, Object> values) {
    return database
        .sql(
            "SELECT * FROM job WHERE queued_at IS NOT NULL AND %s LIMIT %d"
                .formatted(condition, MOST))
        .bindValues(values)
        .map(Rows::job)
        .all();
  }

  private static Map<String, Object> seconds(Duration duration) {
    return Map.of("seconds", duration.toMillis() / 1e3);
  }
}

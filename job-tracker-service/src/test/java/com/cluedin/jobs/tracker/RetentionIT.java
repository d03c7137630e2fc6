package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.model.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class RetentionIT {

  private static final Duration LEASE = Duration.ofSeconds(15);

  private final TrackerDatabase database = new TrackerDatabase();
  private final RandomStories stories = new RandomStories(11);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void forgetsWhatIsOverAndOldAndNothingElse() {
    mergeAll(stories.batches(stories.ofJobs(400)));
    String middle =
        database
            .query(
                """
                SELECT to_char(percentile_disc(0.5) WITHIN GROUP (ORDER BY queued_at) AT TIME ZONE 'UTC',
                  'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM tracker.job
                """)
            .getFirst();
    String kept =
        "SELECT %s::text FROM tracker.%s AS t WHERE %s IN (SELECT id FROM tracker.job WHERE "
            + "queued_at >= '%s' OR queued_at IS NOT NULL AND rank < 2) ORDER BY 1";
    List<String> jobs = database.query(kept.formatted("t", "job", "id", middle));
    List<String> runs = database.query(kept.formatted("t", "earlier_run", "job_id", middle));
    List<String> events = database.query(kept.formatted("t", "job_event", "job_id", middle));
    assertThat(jobs).hasSizeBetween(150, 300);

    Retention retention =
        keeping(Duration.between(Instant.parse(middle).minusSeconds(30), Instant.now()));
    assertThat(retention.forget().block()).isGreaterThan(100);

    assertThat(database.rows("job")).isEqualTo(jobs);
    assertThat(database.rows("earlier_run")).isEqualTo(runs);
    assertThat(database.rows("job_event")).isEqualTo(events);
    assertThat(database.tallies()).isEqualTo(database.countedTallies());
    assertThat(database.query("SELECT * FROM tracker.tally WHERE jobs < 0")).isEmpty();
    assertThat(retention.forget().block()).isZero();
  }

  @Test
  void talliesStayExactWhileOthersWriteAndForget() {
    List<JobEvent> told = stories.ofJobs(600);
    Retention retention = keeping(Duration.ofHours(1));
    Flux.merge(
            Flux.fromIterable(stories.batches(stories.garbled(told))).flatMap(database::merge, 6),
            Flux.range(0, 40).concatMap(_ -> retention.forget()).then(),
            Flux.range(0, 40).concatMap(_ -> retention.forget()).then())
        .blockLast();
    assertThat(database.tallies()).isEqualTo(database.countedTallies());

    retention.forget().block();
    assertThat(database.query("SELECT id FROM tracker.job WHERE queued_at IS NULL OR rank >= 2"))
        .isEmpty();
    assertThat(database.tallies()).isEqualTo(database.countedTallies());
  }

  @Test
  void forgetsOldDecisions() {
    database.execute(
        """
        INSERT INTO tracker.decision
        SELECT 'type ' || n, now() - n * interval '1 hour', gen_random_uuid(), 'fired', NULL, 0, NULL, now()
        FROM generate_series(0, 3000) AS n
        """);
    keeping(Duration.ofMinutes(90)).forget().block();
    assertThat(database.query("SELECT count(*) FROM tracker.decision")).containsExactly("2");
  }

  @Test
  void keepsAnHourAtLeast() {
    assertThatThrownBy(() -> new TrackerSettings(LEASE, Duration.ofMinutes(59)))
        .hasMessage("tracker.retention must be an hour or more, not PT59M");
  }

  private Retention keeping(Duration length) {
    return new Retention(database.client(), new TrackerSettings(LEASE, length));
  }

  private void mergeAll(List<List<JobEvent>> batches) {
    batches.forEach(batch -> database.merge(batch).block());
  }
}

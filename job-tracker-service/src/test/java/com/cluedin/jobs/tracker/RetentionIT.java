package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class RetentionIT {

  private static final Duration LEASE = Duration.ofSeconds(15);

  private final TrackerDatabase database = new TrackerDatabase();
  private final RandomStories stories = new RandomStories(11);
  private final ReadLog log = new ReadLog(database);
  private final Backlog backlog =
      new Backlog(log.jobLog(), log.positions(), Clock.systemUTC(), new SimpleMeterRegistry());

  @AfterEach
  void close() {
    log.close();
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
    assertThat(
            database.query(
                "SELECT * FROM tracker.tally_of_day WHERE jobs < 0 OR jobs = 0 AND day < '%s'::date"
                    .formatted(middle)))
        .isEmpty();
    assertThat(retention.forget().block()).isZero();
  }

  @Test
  void talliesStayExactWhileOthersWriteAndForget() {
    List<JobEvent> told = stories.ofJobs(600);
    Retention retention = keeping(Duration.ofHours(1));
    Flux.merge(
            Flux.fromIterable(stories.batches(stories.garbled(told)))
                .flatMap(
                    batch -> database.merge(batch).as(database.transaction()::transactional), 6),
            Flux.range(0, 40).concatMap(_ -> retention.forget()).then(),
            Flux.range(0, 40).concatMap(_ -> retention.forget()).then())
        .blockLast();
    assertThat(database.tallies()).isEqualTo(database.countedTallies());

    retention.forget().block();
    assertThat(database.query("SELECT id FROM tracker.job WHERE queued_at IS NULL OR rank >= 2"))
        .isEmpty();
    assertThat(database.tallies()).isEqualTo(database.countedTallies());
    for (String table : List.of("job_event", "earlier_run")) {
      assertThat(
              database.query(
                  "SELECT job_id FROM tracker.%s WHERE job_id NOT IN (SELECT id FROM tracker.job)"
                      .formatted(table)))
          .isEmpty();
    }
  }

  @Test
  void aJobThatJustEndedIsKeptHoweverOldItIs() {
    database.execute(
        """
        INSERT INTO tracker.job (id, organization_id, configuration_id, provider_id, queued_at,
          finished_at, progress, attempt, rank, remark)
        SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
          now() - interval '3 hours', now() - n * interval '50 minutes', 0, 1, 4, ''
        FROM generate_series(1, 2) AS n
        """);
    assertThat(keeping(Duration.ofHours(1)).forget().block()).isOne();
  }

  @Test
  void nothingIsForgottenWhileSomethingIsUnread() throws Exception {
    mergeAll(stories.batches(stories.ofJobs(20)));
    TopicPartition queue = new TopicPartition(Topics.jobQueue("default"), 0);
    long offset;
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(ReadLog.KAFKA, new StringSerializer(), new StringSerializer())) {
      offset = producer.send(new ProducerRecord<>(queue.topic(), "a job", "unread")).get().offset();
    }
    Retention retention = keeping(Duration.ofHours(1));
    assertThat(retention.forget().block()).isZero();
    log.read(queue, offset);
    assertThat(retention.forget().block()).isPositive();
  }

  @Test
  void forgetsOldDecisions() {
    database.execute(
        """
        INSERT INTO tracker.decision
        SELECT 'type ' || n, now() - n * interval '1 hour', gen_random_uuid(), 'fired', NULL, 0, NULL,
          now() - n * interval '1 hour'
        FROM generate_series(0, 3000) AS n
        """);
    keeping(Duration.ofMinutes(90)).forget().block();
    assertThat(database.query("SELECT count(*) FROM tracker.decision")).containsExactly("2");
  }

  @Test
  void keepsAnHourAtLeast() {
    assertThatThrownBy(() -> new TrackerSettings(LEASE, Duration.ofMinutes(59), "tracker", null))
        .hasMessage("tracker.retention must be an hour or more, not PT59M");
  }

  private Retention keeping(Duration length) {
    return new Retention(
        database.client(),
        database.transaction(),
        backlog,
        new TrackerSettings(LEASE, length, "tracker", null));
  }

  private void mergeAll(List<List<JobEvent>> batches) {
    batches.forEach(batch -> database.merge(batch).block());
  }
}

package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/// Transactions whose callers do not wait for their end.
class WholeTransactionsIT {

  /// Pages give up reading what they do not want any more.
  @Test
  void whoGivesUpReadingLeavesNoTransactionToTheNextOne() {
    Random random = new Random(3);
    try (TrackerDatabase database = new TrackerDatabase()) {
      database.execute("CREATE TABLE tracker.kept (number int)");
      Snapshot snapshot = database.snapshot();
      for (int i = 0; i < 500; i++) {
        Disposable reader =
            snapshot.of(database.client().sql("SELECT 1").fetch().one(), "").subscribe();
        LockSupport.parkNanos(random.nextInt(2_000_000));
        reader.dispose();
        database.client().sql("INSERT INTO kept VALUES (" + i + ")").then().block();
      }
      assertThat(database.query("SELECT count(*) FROM tracker.kept")).containsExactly("500");
      await()
          .untilAsserted(() ->
              assertThat(
                      database.query(
                          """
                          SELECT pid FROM pg_stat_activity
                          WHERE datname = current_database() AND state LIKE 'idle in %'
                          """))
                  .isEmpty());
    }
  }

  @Test
  void whatWasBegunIsWrittenThoughNobodyWaits() {
    Random random = new Random(4);
    try (TrackerDatabase database = new TrackerDatabase()) {
      database.execute("CREATE TABLE tracker.kept (number int)");
      for (int i = 0; i < 200; i++) {
        Mono<Void> insert = database.client().sql("INSERT INTO kept VALUES (" + i + ")").then();
        Disposable writer =
            insert.then(insert).as(database.transaction()::transactional).subscribe();
        LockSupport.parkNanos(random.nextInt(2_000_000));
        writer.dispose();
      }
      await()
          .untilAsserted(() ->
              assertThat(database.query("SELECT count(*) FROM tracker.kept"))
                  .containsExactly("400"));
    }
  }
}

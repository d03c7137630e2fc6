package com.cluedin.jobs.scheduler;

import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Says which scheduler does what one does for all: empty the outbox, and follow what is told. It
/// only keeps the others from trying in vain. That none sends twice is Kafka's doing, which fences
/// all but the newest; and to hear something twice changes nothing.
@Component
class LeaderLease {

  private final DatabaseClient database;
  private final Duration length;
  private final String holder = UUID.randomUUID().toString();
  private volatile long heldUntil = System.nanoTime();

  LeaderLease(DatabaseClient database, SchedulerSettings settings) {
    this.database = database;
    this.length = settings.leaderLease();
  }

  /// Whether it is ours, to the best of what is known here.
  boolean isHeld() {
    return System.nanoTime() - heldUntil < 0;
  }

  /// Takes the lease, or prolongs it when a third of it has passed; true while it is ours. One loop
  /// calls it.
  Mono<Boolean> hold() {
    long left = heldUntil - System.nanoTime();
    return left > length.multipliedBy(2).dividedBy(3).toNanos() ? Mono.just(true) : prolong();
  }

  /// Gives the lease back, so that another need not wait for its end, and wakes the others.
  Mono<Void> giveBack() {
    heldUntil = System.nanoTime();
    return database
        .sql("DELETE FROM dispatcher_lease WHERE holder = :holder")
        .bind("holder", holder)
        .fetch()
        .rowsUpdated()
        .then(database.sql("SELECT pg_notify('outbox', '')").then());
  }

  private Mono<Boolean> prolong() {
    long asked = System.nanoTime();
    return database
        .sql(
            """
            INSERT INTO dispatcher_lease AS lease (name, holder, until)
            VALUES ('outbox', :holder, now() + :seconds * interval '1 second')
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
            WHERE lease.holder = excluded.holder OR lease.until < now()
            """)
        .bind("holder", holder)
        .bind("seconds", length.toMillis() / 1e3)
        .fetch()
        .rowsUpdated()
        .map(rows -> rows > 0)
        .doOnNext(ours -> heldUntil = ours ? asked + length.toNanos() : asked);
  }
}

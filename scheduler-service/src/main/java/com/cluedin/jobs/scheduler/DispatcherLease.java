package com.cluedin.jobs.scheduler;

import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Says which scheduler empties the outbox. It only keeps the others from trying in vain: that none
/// sends twice is Kafka's doing, which fences all but the newest.
@Component
class DispatcherLease {

  private final DatabaseClient database;
  private final Duration length;
  private final String holder = UUID.randomUUID().toString();

  DispatcherLease(DatabaseClient database, SchedulerSettings settings) {
    this.database = database;
    this.length = settings.dispatcherLease();
  }

  /// Takes or prolongs the lease; true when it is ours.
  Mono<Boolean> hold() {
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
        .map(rows -> rows > 0);
  }

  /// Gives the lease back, so that another need not wait for its end, and wakes the others.
  Mono<Void> giveBack() {
    return database
        .sql("DELETE FROM dispatcher_lease WHERE holder = :holder")
        .bind("holder", holder)
        .fetch()
        .rowsUpdated()
        .then(database.sql("SELECT pg_notify('outbox', '')").then());
  }
}

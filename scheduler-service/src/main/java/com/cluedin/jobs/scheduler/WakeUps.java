package com.cluedin.jobs.scheduler;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/// Wakes this scheduler's loops when any scheduler changes a schedule or adds to the outbox, by
/// PostgreSQL's LISTEN and NOTIFY over a connection of its own.
@Component
class WakeUps {

  private static final Logger log = LoggerFactory.getLogger(WakeUps.class);

  private final Signal schedules = new Signal();
  private final Signal outbox = new Signal();
  private final Disposable listening;

  WakeUps(R2dbcConnectionDetails details) {
    ConnectionFactory connections = ConnectionFactories.get(details.getConnectionFactoryOptions());
    listening =
        Flux.usingWhen(connection(connections), this::listen, connection -> connection.close())
            .retryWhen(
                Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1))
                    .doBeforeRetry(retry ->
                        log.warn("not listening for changes: {}", retry.failure().toString())))
            .subscribe();
  }

  /// Raised when a schedule changed.
  Signal schedules() {
    return schedules;
  }

  /// Raised when the outbox has something new.
  Signal outbox() {
    return outbox;
  }

  @PreDestroy
  void stop() {
    listening.dispose();
  }

  private static Mono<PostgresqlConnection> connection(ConnectionFactory connections) {
    return Mono.from(connections.create()).cast(PostgresqlConnection.class);
  }

  private Publisher<Void> listen(PostgresqlConnection connection) {
    return connection
        .createStatement("LISTEN schedules; LISTEN outbox")
        .execute()
        .flatMap(result -> result.getRowsUpdated())
        .doOnComplete(this::raiseAll) // what happened while nobody listened
        .thenMany(connection.getNotifications())
        .doOnNext(
            notification -> ("outbox".equals(notification.getName()) ? outbox : schedules).raise())
        .then(Mono.error(new IllegalStateException("the connection ended")));
  }

  private void raiseAll() {
    schedules.raise();
    outbox.raise();
  }
}

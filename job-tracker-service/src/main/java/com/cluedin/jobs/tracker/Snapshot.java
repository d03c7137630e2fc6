package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNullElse;

import com.cluedin.jobs.service.Refusal;
import com.cluedin.jobs.service.WholeTransactions;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Mono;

/// Lets several questions be answered of the same moment, none of them longer than a connection can
/// be done without.
@Component
class Snapshot {

  private static final Duration LONGEST = Duration.ofSeconds(5);

  /// A statement took too long; another's lock was not given up in time.
  private static final Set<String> TIMED_OUT = Set.of("57014", "55P03");

  private final DatabaseClient database;
  private final WholeTransactions transaction;

  Snapshot(DatabaseClient database, ReactiveTransactionManager transactions) {
    this.database = database;
    DefaultTransactionDefinition moment = new DefaultTransactionDefinition();
    moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    moment.setReadOnly(true);
    this.transaction = new WholeTransactions(transactions, moment);
  }

  /// Each statement is planned for the values it is asked with, as one plan does not fit all. One
  /// that takes too long becomes a refusal, 503.
  ///
  /// @param advice what whoever asks may do then, a sentence
  <T> Mono<T> of(Mono<T> answer, String advice) {
    return database
        .sql(
            """
            SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
              set_config('statement_timeout', '%d', true)
            """
                .formatted(LONGEST.toMillis()))
        .then()
        .then(answer)
        .as(transaction::transactional)
        .onErrorMap(Snapshot::isTimeout, _ -> tooLong(advice));
  }

  /// Whether PostgreSQL gave up, as this took longer than it may.
  static boolean isTimeout(Throwable fault) {
    return fault.getCause() instanceof R2dbcException cause
        && TIMED_OUT.contains(requireNonNullElse(cause.getSqlState(), ""));
  }

  private static Refusal tooLong(String advice) {
    return Refusal.unavailable(
        "This took longer than %d s to read. %s".formatted(LONGEST.toSeconds(), advice));
  }
}

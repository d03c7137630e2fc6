package com.cluedin.jobs.tracker;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Mono;

/// Lets several questions be answered of the same moment.
@Component
class Snapshot {

  private final DatabaseClient database;
  private final TransactionalOperator transaction;

  Snapshot(DatabaseClient database, ReactiveTransactionManager transactions) {
    this.database = database;
    DefaultTransactionDefinition moment = new DefaultTransactionDefinition();
    moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    moment.setReadOnly(true);
    this.transaction = TransactionalOperator.create(transactions, moment);
  }

  /// Each statement is planned for the values it is asked with, as one plan does not fit all.
  <T> Mono<T> of(Mono<T> answer) {
    return database
        .sql(
            "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)")
        .then()
        .then(answer)
        .as(transaction::transactional);
  }
}

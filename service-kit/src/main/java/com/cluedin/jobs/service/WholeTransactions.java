package com.cluedin.jobs.service;

import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionCallback;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Transactions that are carried to their end, though who asked is gone.
///
/// A request ends with its connection, and cancels what waits for the database. Cancelled while it
/// begins, a transaction would stay open on a connection that is back in the pool: PostgreSQL then
/// refuses what the next one writes, or forgets it. So a transaction keeps its connection until
/// PostgreSQL has answered, and may be committed though its caller gave up: whatever is done in one
/// can be done again.
public final class WholeTransactions implements TransactionalOperator {

  private final TransactionalOperator transactions;

  @Autowired
  public WholeTransactions(ReactiveTransactionManager manager) {
    this(manager, TransactionDefinition.withDefaults());
  }

  public WholeTransactions(ReactiveTransactionManager manager, TransactionDefinition definition) {
    this.transactions = TransactionalOperator.create(manager, definition);
  }

  /// All results come at once, when the transaction is over.
  @Override
  public <T> Flux<T> execute(TransactionCallback<T> action) {
    return Mono.deferContextual(context ->
            Mono.fromFuture(
                transactions.execute(action).collectList().contextWrite(context).toFuture(), true))
        .flatMapIterable(Function.identity());
  }
}

package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.service.Refusal;
import com.cluedin.jobs.service.WholeTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Compares this tracker's read model, made anew, with the one in service beside which it stands,
/// row by row. See decision 17.
///
/// The two read the log each for itself, so that at any moment one has read a little more. What is
/// different because of that is different in another way a few seconds later. What stays, as it is,
/// through two comparisons is a difference.
@RestController
@ConditionalOnProperty("tracker.beside")
class ReadModelComparison {

  private static final Logger log = LoggerFactory.getLogger(ReadModelComparison.class);

  /// The tables, with the rows that have to be the same. A progress is kept where it came too late,
  /// which depends on what was read with it.
  private static final Map<String, String> TABLES =
      Map.of(
          "job_type", "true",
          "decision", "true",
          "earlier_run", "true",
          "tally", "jobs <> 0",
          "job", "true",
          "job_event", "kind <> " + EventKind.PROGRESSED.ordinal());

  private static final int MOST_TOLD = 1_000;
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final DatabaseClient database;
  private final Backlog backlog;
  private final Clock clock;
  private final String inService;
  private final WholeTransactions moment;
  private volatile @Nullable Comparison last;

  ReadModelComparison(
      DatabaseClient database,
      ReactiveTransactionManager transactions,
      Backlog backlog,
      Clock clock,
      TrackerSettings settings) {
    this.database = database;
    this.backlog = backlog;
    this.clock = clock;
    this.inService = requireNonNull(settings.beside());
    DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
    definition.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    definition.setReadOnly(true);
    this.moment = new WholeTransactions(transactions, definition);
  }

  /// @throws Refusal 503 while nothing was compared yet
  @GetMapping("/read-model/comparison")
  Comparison comparison() {
    Comparison compared = last;
    if (compared == null) {
      throw Refusal.unavailable("Not all of the log is read and compared yet; the log tells more.");
    }
    return compared;
  }

  @Scheduled(fixedDelay = 20_000, initialDelay = 5_000)
  Mono<Void> compare() {
    return backlog
        .isRead()
        .doOnNext(read -> {
          if (!read) {
            log.info("not compared with {} yet: the log is not read to its end", inService);
          }
        })
        .filter(read -> read)
        .flatMap(_ -> differences())
        .flatMap(first ->
            first.isEmpty()
                ? Mono.just(first)
                : Mono.delay(SETTLED)
                    .then(differences())
                    .map(second ->
                        first.stream().filter(second::contains).collect(Collectors.toSet())))
        .doOnNext(this::tell)
        .then();
  }

  private Mono<Set<Difference>> differences() {
    return database
        .sql("SELECT set_config('statement_timeout', '0', true)")
        .then()
        .thenMany(Flux.fromIterable(TABLES.keySet()).concatMap(this::differences))
        .collect(Collectors.toSet())
        .as(moment::transactional);
  }

  private Flux<Difference> differences(String table) {
    return database
        .sql(
            """
            WITH here AS (SELECT t::text AS row FROM %1$s AS t WHERE %3$s),
              there AS (SELECT t::text AS row FROM %2$s.%1$s AS t WHERE %3$s)
            SELECT true AS here, row FROM (TABLE here EXCEPT ALL TABLE there) AS more
            UNION ALL
            SELECT false, row FROM (TABLE there EXCEPT ALL TABLE here) AS less
            LIMIT %4$d
            """
                .formatted(table, inService, TABLES.get(table), MOST_TOLD))
        .map(row ->
            new Difference(
                table,
                Boolean.TRUE.equals(row.get("here", Boolean.class)),
                requireNonNull(row.get("row", String.class))))
        .all()
        .doOnSubscribe(_ -> log.info("comparing {} with {}.{}", table, inService, table));
  }

  private void tell(Set<Difference> differences) {
    last = new Comparison(inService, clock.instant(), List.copyOf(differences));
    if (differences.isEmpty()) {
      log.info("every row is the same as in {}", inService);
    } else {
      log.warn("{} rows differ from {}: {}", differences.size(), inService, differences);
    }
  }

  /// @param inService the schema of the read model in service
  /// @param differences of each table a thousand at most; empty: every row is the same
  record Comparison(String inService, Instant comparedAt, List<Difference> differences) {}

  /// A row that only one of the two has.
  ///
  /// @param here whether it is the one made anew
  record Difference(String table, boolean here, String row) {}
}

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
/// different because of that is no more, or different in another way, once each has read what the
/// other had. What is then as it was is a difference. What changes all the time is compared when it
/// has come to rest.
@RestController
@ConditionalOnProperty("tracker.beside")
class ReadModelComparison {

  private static final Logger log = LoggerFactory.getLogger(ReadModelComparison.class);

  /// The tables, with the rows that have to be the same. A progress is kept where it came too late,
  /// which depends on what was read with it. What there ever was of job types the version before V8
  /// has in `tally`.
  private static final Map<String, String> TABLES =
      Map.of(
          "job_type", "true",
          "decision", "true",
          "earlier_run", "true",
          "tally", "jobs <> 0 AND (configuration_id IS NULL OR period IS NOT NULL)",
          "tally_of_day", "jobs <> 0",
          "jobs_of_job_type",
              "(queued, executing, cancelled, failed, completed) <> (0, 0, 0, 0, 0)",
          "job", "true",
          "job_event", "kind <> " + EventKind.PROGRESSED.ordinal());

  private static final int MOST_TOLD = 1_000;
  private static final int MOST_IN_THE_LOG = 5;
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
        .filter(read -> read)
        .flatMap(_ -> look())
        .flatMap(first ->
            first.isAgreement() || first.isFull()
                ? Mono.just(first.differences())
                : Mono.delay(SETTLED).then(look()).flatMap(second -> remaining(first, second)))
        .switchIfEmpty(
            Mono.fromRunnable(
                () -> log.info("not compared with {} yet: one of the two is behind", inService)))
        .doOnNext(this::tell)
        .then();
  }

  /// What both looks found; nothing can be said when one has not read meanwhile what the other had.
  private static Mono<Set<Difference>> remaining(Look first, Look second) {
    return second.isBeyond(first)
        ? Mono.just(
            first.differences().stream()
                .filter(second.differences()::contains)
                .collect(Collectors.toSet()))
        : Mono.empty();
  }

  private Mono<Look> look() {
    return database
        .sql("SELECT set_config('statement_timeout', '0', true)")
        .then()
        .then(positions("position"))
        .zipWhen(_ -> positions(inService + ".position"))
        .zipWhen(
            _ ->
                Flux.fromIterable(TABLES.keySet())
                    .concatMap(this::differences)
                    .collect(Collectors.toSet()),
            (stood, found) -> new Look(stood.getT1(), stood.getT2(), found))
        .as(moment::transactional);
  }

  private Mono<Map<String, Long>> positions(String table) {
    return database
        .sql("SELECT topic || '-' || partition AS place, next_offset FROM " + table)
        .map(row ->
            Map.entry(
                requireNonNull(row.get("place", String.class)),
                requireNonNull(row.get("next_offset", Long.class))))
        .all()
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  /// Another version may have other tables and columns: those that both have are compared.
  private Flux<Difference> differences(String table) {
    log.info("comparing {} with {}.{}", table, inService, table);
    return database
        .sql(
            """
            SELECT string_agg(quote_ident(column_name), ', ' ORDER BY column_name) AS columns FROM (
              SELECT column_name FROM information_schema.columns
              WHERE table_name = :table AND table_schema IN (current_schema(), :inService)
              GROUP BY column_name HAVING count(*) = 2
            ) AS common HAVING count(*) > 0
            """)
        .bind("table", table)
        .bind("inService", inService)
        .map(row -> requireNonNull(row.get("columns", String.class)))
        .one()
        .flatMapMany(columns -> differences(table, columns));
  }

  private Flux<Difference> differences(String table, String columns) {
    return database
        .sql(
            """
            WITH here AS (SELECT ROW(%3$s)::text AS row FROM %1$s WHERE %4$s),
              there AS (SELECT ROW(%3$s)::text AS row FROM %2$s.%1$s WHERE %4$s)
            SELECT true AS here, row FROM (TABLE here EXCEPT ALL TABLE there) AS more
            UNION ALL
            SELECT false, row FROM (TABLE there EXCEPT ALL TABLE here) AS less
            ORDER BY row LIMIT %5$d
            """
                .formatted(table, inService, columns, TABLES.get(table), MOST_TOLD))
        .map(row ->
            new Difference(
                table,
                Boolean.TRUE.equals(row.get("here", Boolean.class)),
                requireNonNull(row.get("row", String.class))))
        .all();
  }

  private void tell(Set<Difference> differences) {
    last = new Comparison(inService, clock.instant(), List.copyOf(differences));
    if (differences.isEmpty()) {
      log.info("every row is the same as in {}", inService);
    } else {
      log.warn(
          "{} rows differ from {}, for example {}",
          differences.size(),
          inService,
          differences.stream().limit(MOST_IN_THE_LOG).toList());
    }
  }

  /// @param inService the schema of the read model in service
  /// @param differences of each table a thousand at most; empty: every row is the same
  record Comparison(String inService, Instant comparedAt, List<Difference> differences) {}

  /// A row that only one of the two has.
  ///
  /// @param here whether it is the one made anew
  record Difference(String table, boolean here, String row) {}

  /// What one moment showed.
  ///
  /// @param here the offset to read next of each partition
  /// @param there the same of the read model in service
  private record Look(
      Map<String, Long> here, Map<String, Long> there, Set<Difference> differences) {

    boolean isAgreement() {
      return differences.isEmpty();
    }

    /// So many that it needs no second look.
    boolean isFull() {
      return differences.size() >= MOST_TOLD;
    }

    boolean isBeyond(Look before) {
      return isBeyond(here, before.there) && isBeyond(there, before.here);
    }

    private static boolean isBeyond(Map<String, Long> now, Map<String, Long> then) {
      return then.entrySet().stream()
          .allMatch(place -> now.getOrDefault(place.getKey(), 0L) >= place.getValue());
    }
  }
}

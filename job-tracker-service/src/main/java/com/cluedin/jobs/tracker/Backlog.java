package com.cluedin.jobs.tracker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Tells whether the read model has all that Kafka has of jobs, so that nobody judges by a part of
/// it.
@Component
class Backlog {

  private static final Logger log = LoggerFactory.getLogger(Backlog.class);

  /// How long what is on its way through the projection is waited for.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration WAIT = Duration.ofMillis(100);

  /// After this people are told.
  private static final Duration LONG = Duration.ofSeconds(30);

  private final JobLog jobLog;
  private final Positions positions;
  private final Clock clock;
  private volatile @Nullable Instant since;
  private volatile boolean told;
  private volatile @Nullable Throwable lastFault;

  Backlog(JobLog jobLog, Positions positions, Clock clock, MeterRegistry metrics) {
    this.jobLog = jobLog;
    this.positions = positions;
    this.clock = clock;
    TimeGauge.builder("crawl.jobs.backlog", this, TimeUnit.SECONDS, it -> it.age().toSeconds())
        .description("how long there has been something of jobs in Kafka that was not read in time")
        .register(metrics);
  }

  /// Whether all that Kafka has now has been read. Waits for that up to three seconds. Where Kafka
  /// does not say, it counts as not read.
  Mono<Boolean> isRead() {
    return blocking(jobLog::ends)
        .flatMap(this::becomesRead)
        .onErrorResume(
            Backlog::isOfKafka,
            fault -> {
              lastFault = fault;
              return Mono.empty();
            })
        .defaultIfEmpty(false)
        .doOnNext(this::remember);
  }

  /// How long it has lasted that not all was read.
  Duration age() {
    Instant begin = since;
    return begin == null ? Duration.ZERO : Duration.between(begin, clock.instant());
  }

  private Mono<Boolean> becomesRead(Map<TopicPartition, Long> ends) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    return isRead(ends)
        .filter(read -> read)
        .repeatWhenEmpty(
            times -> times.takeWhile(_ -> System.nanoTime() < deadline).delayElements(WAIT));
  }

  private Mono<Boolean> isRead(Map<TopicPartition, Long> ends) {
    return positions.all().flatMap(next -> blocking(() -> jobLog.isRead(next, ends)));
  }

  private void remember(boolean read) {
    if (read) {
      if (told) {
        log.info("all that was told of jobs is read again, after {} s", age().toSeconds());
      }
      since = null;
      told = false;
      lastFault = null;
    } else if (since == null) {
      since = clock.instant();
    } else if (!told && age().compareTo(LONG) > 0) {
      log.warn(
          "nobody watches over jobs: what was told of them is not read in time; last fault: {}",
          String.valueOf(lastFault));
      told = true;
    }
  }

  private static boolean isOfKafka(Throwable fault) {
    return fault instanceof ExecutionException
        || fault instanceof TimeoutException
        || fault instanceof KafkaException;
  }

  private static <T> Mono<T> blocking(Callable<T> call) {
    return Mono.fromCallable(call).subscribeOn(Schedulers.boundedElastic());
  }
}

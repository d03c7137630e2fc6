package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.HourOfJobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Answers how many jobs were queued in each of the last hours, and what became of them.
@Component
class Histogram {

  private static final Duration HOUR = Duration.ofHours(1);

  private final DatabaseClient database;
  private final Clock clock;

  Histogram(DatabaseClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The last hours, oldest first; the one that is not over yet is the last.
  Mono<List<HourOfJobs>> ofLast(int hours, @Nullable UUID organization) {
    Instant first =
        clock.instant().truncatedTo(ChronoUnit.HOURS).minus(HOUR.multipliedBy(hours - 1));
    return database
        .sql(
            """
            SELECT period, rank, jobs FROM tally
            WHERE configuration_id IS NULL AND %s AND period >= :first
            """
                .formatted(Jobs.whose(organization)))
        .bindValues(Jobs.organization(organization))
        .bind("first", first.atOffset(UTC))
        .map(row ->
            new Tally(
                requireNonNull(row.get("period", OffsetDateTime.class)).toInstant(),
                JobState.ofRank(requireNonNull(row.get("rank", Short.class))),
                requireNonNull(row.get("jobs", Long.class))))
        .all()
        .collectList()
        .map(tallies ->
            IntStream.range(0, hours)
                .mapToObj(hour -> hour(first.plus(HOUR.multipliedBy(hour)), tallies))
                .toList());
  }

  private static HourOfJobs hour(Instant from, List<Tally> tallies) {
    Map<JobState, Long> jobs = new EnumMap<>(JobState.class);
    tallies.stream()
        .filter(tally -> tally.hour.equals(from))
        .forEach(tally -> jobs.put(tally.state, tally.jobs));
    return new HourOfJobs(
        from,
        jobs.getOrDefault(JobState.COMPLETED, 0L),
        jobs.getOrDefault(JobState.EXECUTING, 0L),
        jobs.getOrDefault(JobState.FAILED, 0L),
        jobs.getOrDefault(JobState.QUEUED, 0L),
        jobs.getOrDefault(JobState.CANCELLED, 0L));
  }

  private record Tally(Instant hour, JobState state, long jobs) {}
}

package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;

import com.cluedin.jobs.model.JobIds;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What was told of jobs, event by event.
@Component
class History {

  /// Of more events of a job the newest count.
  private static final int MOST = 1_000;

  private final DatabaseClient database;

  History(DatabaseClient database) {
    this.database = database;
  }

  /// Of what was heard, all but progress; of progress what a run said after a later one was known,
  /// and of that the last.
  ///
  /// @param jobs what was heard, as facts
  /// @param outranked the jobs of which a later run is known than any in these facts
  static List<HeardEvent> worthKeeping(
      List<HeardEvent> heard, Collection<JobFacts> jobs, Set<UUID> outranked) {
    List<HeardEvent> worth = new ArrayList<>();
    Map<UUID, HeardEvent> late = new LinkedHashMap<>();
    Map<UUID, Integer> newest =
        jobs.stream()
            .filter(job -> job.runs().size() > 1)
            .collect(Collectors.toMap(JobFacts::jobId, job -> job.runs().lastKey()));
    for (HeardEvent event : heard) {
      if (event.kind() != EventKind.PROGRESSED) {
        worth.add(event);
      } else if (outranked.contains(event.jobId())
          || event.attempt() < newest.getOrDefault(event.jobId(), 0)) {
        late.put(JobIds.run(event.jobId(), event.attempt()), event);
      }
    }
    worth.addAll(late.values());
    return worth;
  }

  Mono<Void> keep(List<HeardEvent> heard) {
    if (heard.isEmpty()) {
      return Mono.empty();
    }
    return database
        .sql(
            """
            INSERT INTO job_event
              (job_id, kind, attempt, at, heard_at, read_offset, source, who, words, about)
            SELECT * FROM unnest(
              :job::uuid[], :kind::smallint[], :attempt::smallint[], :at::timestamptz[],
              :heardAt::timestamptz[], :offset::bigint[], :source::text[], :who::text[],
              :words::text[], :about::timestamptz[])
            """)
        .bind("job", each(heard, HeardEvent::jobId, UUID[]::new))
        .bind("kind", each(heard, event -> event.kind().code(), Short[]::new))
        .bind("attempt", each(heard, event -> (short) event.attempt(), Short[]::new))
        .bind("at", times(heard, HeardEvent::at))
        .bind("heardAt", times(heard, HeardEvent::heardAt))
        .bind("offset", each(heard, HeardEvent::offset, Long[]::new))
        .bind("source", each(heard, HeardEvent::source, String[]::new))
        .bind("who", each(heard, HeardEvent::who, String[]::new))
        .bind("words", each(heard, HeardEvent::words, String[]::new))
        .bind("about", times(heard, HeardEvent::about))
        .then();
  }

  /// What was told of a job, in no order.
  Mono<List<HeardEvent>> of(UUID jobId) {
    return database
        .sql(
            """
            SELECT * FROM job_event WHERE job_id = :job
            ORDER BY heard_at DESC, read_offset DESC LIMIT :most
            """)
        .bind("job", jobId)
        .bind("most", MOST)
        .map(Rows::event)
        .all()
        .collectList();
  }

  private static <T> T[] each(
      List<HeardEvent> heard, Function<HeardEvent, @Nullable T> part, IntFunction<T[]> maker) {
    return heard.stream().map(part).toArray(maker);
  }

  private static OffsetDateTime[] times(
      List<HeardEvent> heard, Function<HeardEvent, @Nullable Instant> part) {
    return heard.stream()
        .map(part)
        .map(time -> time == null ? null : time.atOffset(UTC))
        .toArray(OffsetDateTime[]::new);
  }
}

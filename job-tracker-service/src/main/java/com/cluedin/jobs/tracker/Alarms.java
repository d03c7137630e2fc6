package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobAlarmView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Answers which jobs took longer than their alarms allow.
@Component
class Alarms {

  private final DatabaseClient database;

  Alarms(DatabaseClient database) {
    this.database = database;
  }

  /// One page of them, the newest alarm first, and how many there are; both of one snapshot.
  ///
  /// @param open only jobs that are not finished
  Mono<Part> list(@Nullable UUID organization, boolean open, Page page) {
    return database
        .sql(
            """
            WITH raised AS NOT MATERIALIZED (
              SELECT * FROM job
              WHERE alarm_raised_at IS NOT NULL AND queued_at IS NOT NULL AND rank < :rank %s
            )
            SELECT whole.total, part.* FROM (SELECT count(*) AS total FROM raised) AS whole
            LEFT JOIN LATERAL (
              SELECT * FROM raised
              ORDER BY alarm_raised_at DESC, id DESC OFFSET :offset LIMIT :take
            ) AS part ON true
            ORDER BY part.alarm_raised_at DESC, part.id DESC
            """
                .formatted(organization == null ? "" : "AND organization_id = :organization"))
        .bind("rank", open ? JobState.CANCELLED.rank() : Short.MAX_VALUE)
        .bind("offset", page.offset())
        .bind("take", page.take())
        .bindValues(organization == null ? Map.of() : Map.of("organization", organization))
        .map(row ->
            new Line(
                requireNonNull(row.get("total", Long.class)),
                row.get("id", UUID.class) == null ? null : Rows.job(row).alarmView()))
        .all()
        .collectList()
        .map(lines ->
            new Part(
                lines.getFirst().total(),
                lines.stream().map(Line::alarm).filter(Objects::nonNull).toList()));
  }

  /// @param total how long the whole list is
  record Part(long total, List<JobAlarmView> alarms) {}

  private record Line(long total, @Nullable JobAlarmView alarm) {}
}

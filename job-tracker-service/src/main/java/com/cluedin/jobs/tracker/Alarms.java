package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobAlarmView;
import com.cluedin.jobs.service.Page;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Answers which jobs took longer than their alarms allow: the list is of the newest {@link #MOST}
/// such alarms and no longer than that, so that an answer costs no more than they do.
@Component
class Alarms {

  static final int MOST = 10_000;

  private final DatabaseClient database;

  Alarms(DatabaseClient database) {
    this.database = database;
  }

  /// One page of the list, the newest alarm first, and how long the list is; both of one snapshot.
  ///
  /// @param open only jobs that are not finished
  Mono<Part> list(@Nullable UUID organization, boolean open, Page page) {
    return database
        .sql(sql(organization, open))
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

  /// The conditions are written so that one of the partial indexes fits them.
  static String sql(@Nullable UUID organization, boolean open) {
    return """
    WITH raised AS NOT MATERIALIZED (
      SELECT * FROM job WHERE alarm_raised_at IS NOT NULL AND queued_at IS NOT NULL%s%s
      ORDER BY alarm_raised_at DESC, id DESC LIMIT %d
    )
    SELECT whole.total, part.* FROM (SELECT count(*) AS total FROM raised) AS whole
    LEFT JOIN LATERAL (
      SELECT * FROM raised ORDER BY alarm_raised_at DESC, id DESC OFFSET :offset LIMIT :take
    ) AS part ON true
    ORDER BY part.alarm_raised_at DESC, part.id DESC
    """
        .formatted(
            open ? " AND rank < 2" : "",
            organization == null ? "" : " AND organization_id = :organization",
            MOST);
  }

  /// @param total how long the whole list is, at most {@link #MOST}
  record Part(long total, List<JobAlarmView> alarms) {}

  private record Line(long total, @Nullable JobAlarmView alarm) {}
}

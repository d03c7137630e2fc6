package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads what stands in the tables.
final class Rows {

  private Rows() {}

  /// A job that was queued.
  static Job job(Readable row) {
    return new Job(queued(row), wish(row), time(row, "alarm_raised_at"), run(row));
  }

  static RunFacts run(Readable row) {
    return new RunFacts(
        attempt(row),
        JobState.ofRank(requireNonNull(row.get("rank", Short.class))),
        requireNonNull(row.get("progress", Long.class)),
        row.get("agent", String.class),
        time(row, "started_at"),
        time(row, "first_heard_at"),
        time(row, "heard_at"),
        time(row, "silent_heard_at"),
        time(row, "finished_at"),
        requireNonNull(row.get("remark", String.class)));
  }

  static HeardEvent event(Readable row) {
    return new HeardEvent(
        id(row, "job_id"),
        EventKind.ofCode(requireNonNull(row.get("kind", Short.class))),
        attempt(row),
        requireNonNull(time(row, "at")),
        requireNonNull(time(row, "heard_at")),
        requireNonNull(row.get("read_offset", Long.class)),
        row.get("source", String.class),
        row.get("who", String.class),
        row.get("words", String.class),
        time(row, "about"));
  }

  private static JobQueued queued(Readable row) {
    return new JobQueued(
        id(row, "id"),
        new JobTypeId(
            id(row, "configuration_id"), id(row, "organization_id"), id(row, "provider_id")),
        id(row, "user_id"),
        requireNonNull(row.get("name", String.class)),
        row.get("configuration_name", String.class),
        requireNonNull(row.get("queue", String.class)),
        span(row, "alarm_seconds"),
        span(row, "longest_run_seconds"),
        time(row, "scheduled_for"),
        row.get("requested_by", String.class),
        attempt(row),
        requireNonNull(time(row, "queued_at")));
  }

  private static @Nullable Wish wish(Readable row) {
    Instant at = time(row, "abandon_requested_at");
    return at == null
        ? null
        : new Wish(
            at,
            requireNonNull(row.get("abandon_requested_by", String.class)),
            requireNonNull(row.get("abandon_reason", String.class)));
  }

  private static UUID id(Readable row, String column) {
    return requireNonNull(row.get(column, UUID.class));
  }

  private static int attempt(Readable row) {
    return requireNonNull(row.get("attempt", Short.class));
  }

  private static @Nullable TimeSpan span(Readable row, String column) {
    Long seconds = row.get(column, Long.class);
    return seconds == null || seconds == 0 ? null : new TimeSpan(Duration.ofSeconds(seconds));
  }

  private static @Nullable Instant time(Readable row, String column) {
    OffsetDateTime time = row.get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}

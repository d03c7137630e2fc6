package com.cluedin.jobs.model;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// The times events may have: those PostgreSQL can keep and people can mean.
final class EventTime {

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private EventTime() {}

  /// The time in whole microseconds.
  ///
  /// @throws IllegalArgumentException when it is before 1970 or after 9999
  static Instant require(Instant time, String field) {
    requireNonNull(time, field);
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new IllegalArgumentException(field + " must be in the years 1970 to 9999, not " + time);
    }
    return time.truncatedTo(MICROS);
  }
}

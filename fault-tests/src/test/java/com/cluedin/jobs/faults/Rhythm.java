package com.cluedin.jobs.faults;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.stream.Stream;

/// The occurrences of the simple crons of the workload, found without the scheduler's help: every n
/// seconds, at one second of every hour, or not while the suite runs.
///
/// @param cron with 6 fields of which the first two may be set, or with 5 for never
record Rhythm(String cron) {

  static final Rhythm NEVER = new Rhythm("0 0 1 1 *");

  /// @param seconds a divisor of 60
  static Rhythm every(int seconds) {
    return new Rhythm("*/%d * * * * *".formatted(seconds));
  }

  /// Once an hour, at the minute and second of this instant.
  static Rhythm hourlyAt(Instant instant) {
    ZonedDateTime at = instant.atZone(ZoneOffset.UTC);
    return new Rhythm("%d %d * * * *".formatted(at.getSecond(), at.getMinute()));
  }

  boolean occursAt(Instant instant) {
    String[] fields = cron.split(" ");
    if (fields.length != 6 || instant.getNano() != 0) {
      return false;
    }
    ZonedDateTime at = instant.atZone(ZoneOffset.UTC);
    return isIn(fields[0], at.getSecond()) && isIn(fields[1], at.getMinute());
  }

  /// All between the two, both excluded.
  static Stream<Instant> secondsBetween(Instant from, Instant to) {
    Instant first = Instant.ofEpochSecond(from.getEpochSecond() + 1);
    return Stream.iterate(first, second -> second.isBefore(to), second -> second.plusSeconds(1));
  }

  private static boolean isIn(String field, int value) {
    if (field.equals("*")) {
      return true;
    }
    return field.startsWith("*/")
        ? value % Integer.parseInt(field.substring(2)) == 0
        : value == Integer.parseInt(field);
  }
}

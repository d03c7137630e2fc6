package com.cluedin.jobs.scheduler.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/// A schedule in the cron dialect of Hangfire (its library Cronos): see `docs/cron.md`.
///
/// Day of month and day of week must both hold. A local time that a zone skips occurs at the first
/// instant after the gap; in a repeated hour an expression with `*`, `?`, a range or a step in
/// second, minute or hour occurs in both passes, any other in the first only.
public final class Cron {

  /// Leap days on a given weekday are at most 40 years apart; what has not come by then never does.
  private static final int YEARS_TO_SEARCH = 60;

  private static final long NONE = Long.MIN_VALUE;
  private static final int SECONDS_PER_DAY = 86_400;

  private final String text;
  private final long seconds;
  private final long minutes;
  private final long hours;
  private final DayRule days;
  private final long months;
  private final DayRule weekdays;
  private final boolean repeats;

  Cron(
      String text,
      long seconds,
      long minutes,
      long hours,
      DayRule days,
      long months,
      DayRule weekdays,
      boolean repeats) {
    this.text = text;
    this.seconds = seconds;
    this.minutes = minutes;
    this.hours = hours;
    this.days = days;
    this.months = months;
    this.weekdays = weekdays;
    this.repeats = repeats;
  }

  /// Reads an expression of 5 fields, of 6 with seconds first, or a macro.
  ///
  /// @throws CronSyntaxException naming the field at fault, the text and what is allowed
  public static Cron parse(String expression) {
    return CronParser.parse(expression);
  }

  /// The first occurrence after `from`, or null when there is none.
  public @Nullable Instant next(Instant from, ZoneId zone) {
    return search(from.getEpochSecond(), 1, zone.getRules());
  }

  /// The first occurrence at or after `from`, or null when there is none.
  public @Nullable Instant nextOrSame(Instant from, ZoneId zone) {
    return search(from.getEpochSecond(), from.getNano() > 0 ? 1 : 0, zone.getRules());
  }

  /// Whether the fields hold at this local time, to the second.
  public boolean matches(LocalDateTime time) {
    long local = time.toEpochSecond(ZoneOffset.UTC);
    return nextLocal(local) == local;
  }

  /// Searches from `step` seconds after an instant. The zone's offset is that of the instant
  /// itself: one second before a gap, the search goes into the gap; one second before the end of a
  /// first pass, the second is still to come.
  private @Nullable Instant search(long second, int step, ZoneRules rules) {
    ZoneOffset offset = rules.getOffset(Instant.ofEpochSecond(second));
    long local = second + offset.getTotalSeconds() + step;
    if (rules.isFixedOffset()) {
      long found = nextLocal(local);
      return found == NONE ? null : Instant.ofEpochSecond(found - offset.getTotalSeconds());
    }
    ZoneOffsetTransition overlap = transitionAt(local - step, rules);
    if (overlap != null && overlap.isOverlap()) {
      long end = localEnd(overlap);
      if (offset.equals(overlap.getOffsetBefore())) {
        long firstPass = nextLocal(local);
        if (firstPass != NONE && firstPass < end) {
          return Instant.ofEpochSecond(firstPass - offset.getTotalSeconds());
        }
        local = end - overlap.getDuration().abs().toSeconds();
      }
      long secondPass = repeats ? nextLocal(local) : NONE;
      if (secondPass != NONE && secondPass < end) {
        return Instant.ofEpochSecond(secondPass - overlap.getOffsetAfter().getTotalSeconds());
      }
      local = end;
    }
    long found = nextLocal(local);
    return found == NONE ? null : instantOf(found, rules);
  }

  private static Instant instantOf(long local, ZoneRules rules) {
    ZoneOffsetTransition transition = transitionAt(local, rules);
    if (transition == null) {
      LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
      return Instant.ofEpochSecond(local - rules.getOffset(time).getTotalSeconds());
    }
    return transition.isGap()
        ? transition.getInstant()
        : Instant.ofEpochSecond(local - transition.getOffsetBefore().getTotalSeconds());
  }

  private static @Nullable ZoneOffsetTransition transitionAt(long local, ZoneRules rules) {
    return rules.getTransition(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC));
  }

  /// The local second at which the repeated time is over.
  private static long localEnd(ZoneOffsetTransition overlap) {
    return overlap.toEpochSecond() + overlap.getOffsetBefore().getTotalSeconds();
  }

  /// The first matching local time at or after one, both as seconds since 1970-01-01T00:00:00 of
  /// the same wall clock.
  private long nextLocal(long local) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(local, SECONDS_PER_DAY));
    int secondOfDay = Math.floorMod(local, SECONDS_PER_DAY);
    int year = date.getYear();
    int month = date.getMonthValue();
    int day = date.getDayOfMonth();
    for (int last = year + YEARS_TO_SEARCH; year <= last; month = 1, year++) {
      for (; month <= 12; month++, day = 1, secondOfDay = 0) {
        if ((months >> month & 1) != 0) {
          long found = inMonth(LocalDate.of(year, month, 1), day, secondOfDay);
          if (found != NONE) {
            return found;
          }
        }
      }
    }
    return NONE;
  }

  private long inMonth(LocalDate first, int fromDay, int fromSecond) {
    long epochDay = first.toEpochDay();
    int firstWeekday = (int) Math.floorMod(epochDay + 4, 7L); // 1970-01-01 was a Thursday
    int length = first.lengthOfMonth();
    long matching =
        days.days(length, firstWeekday) & weekdays.days(length, firstWeekday) & -1L << fromDay;
    for (; matching != 0; matching &= matching - 1) {
      int day = Long.numberOfTrailingZeros(matching);
      int second = timeOfDay(day == fromDay ? fromSecond : 0);
      if (second >= 0) {
        return (epochDay + day - 1) * SECONDS_PER_DAY + second;
      }
    }
    return NONE;
  }

  /// The first matching second of a day at or after one, or -1.
  private int timeOfDay(int from) {
    int hour = from / 3600;
    int minute = from / 60 % 60;
    if ((hours >> hour & 1) != 0) {
      if ((minutes >> minute & 1) != 0) {
        int second = atLeast(seconds, from % 60);
        if (second < 64) {
          return hour * 3600 + minute * 60 + second;
        }
      }
      minute = atLeast(minutes, minute + 1);
      if (minute < 64) {
        return hour * 3600 + minute * 60 + atLeast(seconds, 0);
      }
    }
    hour = atLeast(hours, hour + 1);
    return hour < 64 ? hour * 3600 + atLeast(minutes, 0) * 60 + atLeast(seconds, 0) : -1;
  }

  /// The lowest set bit that is not below `least`, or 64.
  private static int atLeast(long bits, int least) {
    return Long.numberOfTrailingZeros(bits & -1L << least);
  }

  /// The expression as it was written, without blanks around it.
  @Override
  public String toString() {
    return text;
  }
}

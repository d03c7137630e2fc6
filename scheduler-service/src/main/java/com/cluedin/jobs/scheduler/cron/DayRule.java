package com.cluedin.jobs.scheduler.cron;

/// Which days of a month one of the two day fields matches.
@FunctionalInterface
interface DayRule {

  /// Bit n is set for each matching day n, 1 to `length`.
  ///
  /// @param length days in the month, 28 to 31
  /// @param firstWeekday the weekday of its first day, 0 (Sunday) to 6
  long days(int length, int firstWeekday);

  /// The given days, where the month has them.
  static DayRule daysOfMonth(long bits) {
    return (length, firstWeekday) -> bits & upTo(length);
  }

  /// `L-back`: so many days before the last.
  static DayRule fromLast(int back) {
    return (length, firstWeekday) -> length > back ? 1L << (length - back) : 0;
  }

  /// `nW`: the weekday nearest to the day, never leaving the month; no day where the month lacks n.
  static DayRule weekdayNear(int day) {
    return (length, firstWeekday) -> weekdayNear(day, length, firstWeekday);
  }

  /// `L-backW`.
  static DayRule weekdayNearLast(int back) {
    return (length, firstWeekday) -> weekdayNear(length - back, length, firstWeekday);
  }

  /// All days of the given weekdays, bit 0 for Sunday.
  static DayRule daysOfWeek(long weekdays) {
    return (length, firstWeekday) -> {
      long week = (weekdays >> firstWeekday | weekdays << (7 - firstWeekday)) & 0b111_1111;
      long month = week | week << 7 | week << 14 | week << 21 | week << 28;
      return month << 1 & upTo(length);
    };
  }

  /// `weekday#n`.
  static DayRule nthWeekday(int weekday, int n) {
    return (length, firstWeekday) -> {
      int day = 1 + (weekday - firstWeekday + 7) % 7 + 7 * (n - 1);
      return day <= length ? 1L << day : 0;
    };
  }

  /// `weekdayL`: the last such weekday of the month.
  static DayRule lastWeekday(int weekday) {
    return (length, firstWeekday) -> {
      int day = 1 + (weekday - firstWeekday + 7) % 7;
      return 1L << (day + (length - day) / 7 * 7);
    };
  }

  private static long weekdayNear(int day, int length, int firstWeekday) {
    if (day < 1 || day > length) {
      return 0;
    }
    int weekday = (firstWeekday + day - 1) % 7;
    int shift =
        switch (weekday) {
          case 6 -> day == 1 ? 2 : -1;
          case 0 -> day == length ? -2 : 1;
          default -> 0;
        };
    return 1L << (day + shift);
  }

  private static long upTo(int length) {
    return (1L << (length + 1)) - 2;
  }
}

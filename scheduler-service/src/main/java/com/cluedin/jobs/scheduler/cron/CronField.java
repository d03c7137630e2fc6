package com.cluedin.jobs.scheduler.cron;

import java.util.List;

/// The fields of an expression in their order, with what each allows.
enum CronField {
  SECOND("second", 0, 59, List.of()),
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY_OF_MONTH("day of month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  /// 0 and 7 are both Sunday.
  DAY_OF_WEEK("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  final String title;
  final int first;
  final int last;
  final List<String> names;

  CronField(String title, int first, int last, List<String> names) {
    this.title = title;
    this.first = first;
    this.last = last;
    this.names = names;
  }

  /// How many values there are before they begin again, for ranges that wrap.
  int cycle() {
    return this == DAY_OF_WEEK ? 7 : last - first + 1;
  }

  /// Whether `*`, a range or a step here makes an expression run through both passes of a repeated
  /// hour.
  boolean isOfTheClock() {
    return compareTo(HOUR) <= 0;
  }

  String allowed() {
    String values = first + "-" + last;
    if (!names.isEmpty()) {
      values += " or " + names.getFirst() + "-" + names.getLast();
    }
    return switch (this) {
      case DAY_OF_MONTH -> values + ", *, ?, lists, ranges, steps, L, L-n (n to 30), nW, LW, L-nW";
      case DAY_OF_WEEK -> values + ", *, ?, lists, ranges, steps, nL, n#k (k 1-5)";
      default -> values + ", *, ?, lists, ranges, steps (1-" + last + ")";
    };
  }
}

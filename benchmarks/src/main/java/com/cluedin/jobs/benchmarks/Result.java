package com.cluedin.jobs.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/// One figure.
///
/// @param measure what was measured, with what of it: `fire_lag.p99`, `page.last.p99@10000000`
/// @param value the median of the repetitions
/// @param min the smallest of them
/// @param max the largest of them
record Result(String measure, double value, String unit, double min, double max) {

  /// @param repetitions 1 or more
  static Result of(String measure, String unit, double... repetitions) {
    double[] sorted = repetitions.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Result(measure, median, unit, sorted[0], sorted[sorted.length - 1]);
  }

  String tsv() {
    return String.join("\t", measure, words(value), unit, words(min), words(max));
  }

  String row() {
    return "| `%s` | %s %s | %s … %s |"
        .formatted(measure, words(value), unit, words(min), words(max));
  }

  private static String words(double number) {
    return number >= 1_000
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.4g", number);
  }
}

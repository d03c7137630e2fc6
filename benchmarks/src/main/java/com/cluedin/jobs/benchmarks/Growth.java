package com.cluedin.jobs.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How much worse each figure is with the most jobs than with the fewest.
final class Growth {

  private Growth() {}

  static List<Result> of(List<Result> results) {
    Map<String, TreeMap<Long, Result>> bySize = new LinkedHashMap<>();
    for (Result result : results) {
      int at = result.measure().lastIndexOf('@');
      if (at > 0 && isComparable(result)) {
        bySize
            .computeIfAbsent(result.measure().substring(0, at), _ -> new TreeMap<>())
            .put(Long.parseLong(result.measure().substring(at + 1)), result);
      }
    }
    return bySize.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> growth(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean isComparable(Result result) {
    return result.unit().equals("ms") || result.unit().endsWith("/s");
  }

  /// Times as long, or times as few.
  private static Result growth(String measure, TreeMap<Long, Result> bySize) {
    double first = bySize.firstEntry().getValue().value();
    double last = bySize.lastEntry().getValue().value();
    boolean isTime = bySize.firstEntry().getValue().unit().equals("ms");
    return Result.of("growth." + measure, "times", isTime ? last / first : first / last);
  }
}

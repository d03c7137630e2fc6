package com.cluedin.jobs.benchmarks;

import java.util.List;
import java.util.Optional;

/// What a figure comes to of what PostgreSQL and Kafka can do by themselves, where both were
/// measured in the same run: jobs and events, of rows or records a second.
final class Ratios {

  private static final List<String> LIMITS = List.of("raw.postgres.upsert", "raw.kafka.produce");
  private static final List<String> FIGURES = List.of("projection", "drain");

  private Ratios() {}

  static List<Result> of(List<Result> results) {
    return results.stream()
        .filter(result -> FIGURES.contains(name(result)))
        .flatMap(figure -> LIMITS.stream().flatMap(limit -> ratio(figure, limit, results).stream()))
        .toList();
  }

  private static Optional<Result> ratio(Result figure, String limit, List<Result> results) {
    return results.stream()
        .filter(result -> result.measure().equals(limit + size(figure)))
        .findAny()
        .map(raw ->
            Result.of(
                name(figure) + ".of_" + limit + size(figure),
                "times",
                figure.value() / raw.value()));
  }

  private static String name(Result result) {
    return result.measure().replaceAll("@.*", "");
  }

  private static String size(Result result) {
    return result.measure().substring(name(result).length());
  }
}

package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.benchmarks.Measure.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/// The same again and again: some rounds to warm up, until most of what takes part is compiled, and
/// those that count.
record Rounds<T>(List<T> counted) {

  /// Takes them, and tells of each.
  static <T> Rounds<T> take(Figures figures, int toWarmUp, int toCount, Callable<T> round)
      throws Exception {
    List<T> all = new ArrayList<>();
    for (int i = 0; i < toWarmUp + toCount; i++) {
      all.add(round.call());
      figures.say("round %d%s: %s".formatted(i, i < toWarmUp ? ", to warm up" : "", all.getLast()));
    }
    return new Rounds<>(List.copyOf(all.subList(toWarmUp, all.size())));
  }

  /// One figure of each that counts.
  double[] each(ToDoubleFunction<T> figure) {
    return counted.stream().mapToDouble(figure).toArray();
  }
}

package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.benchmarks.Measure.Figures;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// How long something took, again and again. Of any thread.
final class Latencies {

  private final Histogram nanos = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 3);

  /// Takes latencies again and again, and tells the percentiles 50 and 99 of each time.
  ///
  /// @param what of the measure, before `.p50` and `.p99`; may be empty
  static void repeat(Figures figures, String what, int times, Callable<Latencies> taking)
      throws Exception {
    double[] halves = new double[times];
    double[] most = new double[times];
    for (int i = 0; i < times; i++) {
      Latencies taken = taking.call();
      halves[i] = taken.percentile(50);
      most[i] = taken.percentile(99);
    }
    figures.add(what + ".p50", "ms", halves);
    figures.add(what + ".p99", "ms", most);
  }

  void add(long tookNanos) {
    nanos.recordValue(Math.max(0, tookNanos));
  }

  long count() {
    return nanos.getTotalCount();
  }

  /// In milliseconds.
  double percentile(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }

  double max() {
    return nanos.getMaxValue() / 1e6;
  }

  @Override
  public String toString() {
    return "p50 %.0f ms, p99 %.0f ms, last %.0f ms"
        .formatted(percentile(50), percentile(99), max());
  }
}

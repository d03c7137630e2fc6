package com.cluedin.jobs.benchmarks;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// How long something took, again and again. Of any thread.
final class Latencies {

  private final Histogram nanos = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 3);

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
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.TimeSpan;
import java.time.Duration;
import java.util.UUID;

/// How often, and after how long, a job whose run failed is queued again.
///
/// @param most how many retries at most, 0 to {@link #MOST}
/// @param delay how long before the first, 1 s to {@link #LONGEST_DELAY}; twice as long before each
///   further one
record Retries(int most, TimeSpan delay) {

  static final int MOST = 100;
  static final Duration LONGEST_DELAY = Duration.ofHours(1);
  static final Retries DEFAULT = new Retries(3, new TimeSpan(Duration.ofSeconds(30)));

  /// The wait before a retry, up to a tenth more or less than its share, so that jobs that failed
  /// together do not come back together; never more than {@link #LONGEST_DELAY}. The same job and
  /// retry have the same wait.
  ///
  /// @param retry counted from 0
  Duration delayOf(UUID jobId, int retry) {
    double doubled = delay.duration().toMillis() * Math.pow(2, retry);
    double tenths = (Math.floorMod(31 * jobId.hashCode() + retry, 2001) - 1000) / 10_000.0;
    long millis = (long) Math.min(doubled * (1 + tenths), LONGEST_DELAY.toMillis());
    return Duration.ofMillis(millis);
  }
}

package com.cluedin.jobs.agent;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before trying again: twice as long after each failure in a row, and never quite
/// the same, so that those who failed together do not come back together.
final class Backoff {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private int failures;

  /// @return 50 ms to 5 s
  synchronized Duration next() {
    Duration full = SHORTEST.multipliedBy(1L << Math.min(failures++, 16));
    long most = Math.min(full.toMillis(), LONGEST.toMillis());
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  synchronized void reset() {
    failures = 0;
  }
}

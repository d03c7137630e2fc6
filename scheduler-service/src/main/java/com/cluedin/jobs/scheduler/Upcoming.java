package com.cluedin.jobs.scheduler;

import java.time.Duration;
import java.time.Instant;

/// What is due next.
///
/// @param left until it is due; negative when it is overdue
/// @param jobTypes how many are due together, as far as they were counted
record Upcoming(Instant due, Duration left, int jobTypes) {

  private static final Duration AHEAD = Duration.ofMillis(50);
  private static final Duration AHEAD_FOR_EACH = Duration.ofNanos(150_000);

  /// Whether the time to decide ahead has come, and not passed.
  boolean isToBegin() {
    return left.isPositive() && !untilBegin().isPositive();
  }

  /// How long until it should be begun, so that it is decided and written when it is due.
  Duration untilBegin() {
    return left.minus(AHEAD).minus(AHEAD_FOR_EACH.multipliedBy(jobTypes));
  }
}

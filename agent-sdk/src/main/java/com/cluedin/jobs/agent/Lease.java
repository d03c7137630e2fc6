package com.cluedin.jobs.agent;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long a job is this agent's, by a clock that a stopped process cannot stop. It is counted
/// from before a renewal was sent, so it never ends here later than it does at the broker.
final class Lease {

  private final Duration length;
  private final LongSupplier nanos;
  private long renewedAt;

  /// @param nanos as {@link System#nanoTime}
  Lease(Duration length, LongSupplier nanos) {
    this.length = length;
    this.nanos = nanos;
    this.renewedAt = nanos.getAsLong();
  }

  /// It is renewed that often, and heard of.
  Duration third() {
    return length.dividedBy(3);
  }

  /// It is time to renew it: a third has passed.
  boolean due() {
    return age() >= third().toNanos();
  }

  /// What is left of it, zero or more.
  Duration left() {
    return Duration.ofNanos(Math.max(0, length.toNanos() - age()));
  }

  /// @param since when the renewal was sent, by the same clock
  void renewed(long since) {
    renewedAt = since;
  }

  private long age() {
    return nanos.getAsLong() - renewedAt;
  }
}

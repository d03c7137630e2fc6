package com.cluedin.jobs.faults;

import java.time.Duration;

/// Lets time pass: some faults need nothing else.
final class Pause {

  private Pause() {}

  static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static void ofMillis(long millis) {
    of(Duration.ofMillis(millis));
  }
}

package com.cluedin.jobs.scheduler;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one sleeping thread. A signal raised while nobody sleeps is kept for the next sleep.
final class Signal {

  private final Semaphore raised = new Semaphore(0);

  void raise() {
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  /// Sleeps until the signal is raised, but no longer than this.
  void await(Duration longest) throws InterruptedException {
    boolean woken = raised.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    if (woken) {
      raised.drainPermits();
    }
  }
}

package com.cluedin.jobs.agent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;

/// Room for jobs: one place for each that an agent may run at once, shared by those who take jobs.
final class Places {

  /// How long one who is more than half full waits for more room: asking for jobs costs the same
  /// for many as for one.
  private static final Duration GATHERING = Duration.ofMillis(5);

  private final boolean isShared;
  private final int enough;
  private int free;
  private int without;
  private boolean closed;

  /// @param takers how many take jobs, no more than there are places
  Places(int count, int takers) {
    this.isShared = takers > 1;
    this.enough = (count + 1) / 2 / takers;
    this.free = count;
    this.without = takers;
  }

  /// Waits until there is room, or there never will be, and keeps some for one of those who take
  /// jobs, until {@link #waitsNoMore}. Of several, each keeps a quarter of its share and no less
  /// than one: what it waits with in vain is not there for the others.
  ///
  /// @return how many places, a power of two; none when closed
  synchronized int reserve() throws InterruptedException {
    do {
      while (free == 0 && !closed) {
        wait();
      }
      gather();
    } while (free == 0 && !closed); // another one was faster
    if (closed) {
      return 0;
    }
    int reserved = Integer.highestOneBit(isShared ? Math.max(1, free / without / 4) : free);
    free -= reserved;
    without--;
    return reserved;
  }

  /// The one who reserved places has jobs for them, or gives them back.
  synchronized void waitsNoMore() {
    without++;
  }

  synchronized void leave(int count) {
    free += count;
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void gather() throws InterruptedException {
    long deadline = System.nanoTime() + GATHERING.toNanos();
    for (long left = GATHERING.toNanos();
        free < enough && left > 0 && !closed;
        left = deadline - System.nanoTime()) {
      NANOSECONDS.timedWait(this, left);
    }
  }
}

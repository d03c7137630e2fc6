package com.cluedin.jobs.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does things at the same time, each on a thread that does nothing else meanwhile or on one of a
/// few.
final class SideBySide {

  private final ExecutorService threads;
  private final List<Future<?>> begun = new ArrayList<>();

  private SideBySide(ExecutorService threads) {
    this.threads = threads;
  }

  static SideBySide ofAny() {
    // Threads of the system: one that waits for an answer has it as soon as it is there.
    return new SideBySide(Executors.newCachedThreadPool());
  }

  static SideBySide of(int threads) {
    return new SideBySide(Executors.newFixedThreadPool(threads));
  }

  void begin(Callable<?> work) {
    begun.add(threads.submit(work));
  }

  /// Waits for all that was begun.
  ///
  /// @throws ExecutionException when some of it failed
  void await() throws ExecutionException, InterruptedException {
    threads.close();
    for (Future<?> each : begun) {
      each.get();
    }
  }
}

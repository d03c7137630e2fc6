package com.cluedin.jobs.benchmarks;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.cluedin.jobs.benchmarks.Measure.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/// What the whole stack keeps resident: the proportional set size of all its processes, which
/// counts a page that several share once (`/proc/<pid>/smaps_rollup`).
final class Memory {

  private static final Duration SETTLE = Duration.ofSeconds(20);

  /// Each look takes the processors from what is measured.
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  private static final double KIB_OF_A_GIB = 1 << 20;

  private Memory() {}

  /// Of a stack that does nothing.
  static void measure(Installation on, Figures figures) throws Exception {
    Thread.sleep(SETTLE);
    figures.add(".idle", "GiB", resident(on));
  }

  /// The most while something is done.
  static <T> Most<T> mostDuring(Installation on, Callable<T> work) throws Exception {
    try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
      Future<T> done = worker.submit(work);
      double most = resident(on);
      while (true) {
        try {
          return new Most<>(done.get(BETWEEN.toSeconds(), SECONDS), most);
        } catch (TimeoutException _) {
          most = Math.max(most, resident(on));
        }
      }
    }
  }

  /// @param result of what was done
  record Most<T>(T result, double gibibytes) {}

  private static double resident(Installation on) {
    return on.processes().mapToLong(Memory::kibibytes).sum() / KIB_OF_A_GIB;
  }

  private static long kibibytes(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup"))
          .stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0; // it has ended
    }
  }
}

package com.cluedin.jobs.agent;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The runs in an agent's hands, and the jobs nobody wants any more.
final class Runs {

  /// How long a cancelled crawler may take to end by itself.
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Set<Run> running = ConcurrentHashMap.newKeySet();
  private final Set<UUID> abandoned = ConcurrentHashMap.newKeySet();
  private volatile boolean released;

  /// Takes up a run. One whose job is abandoned, or that comes when all is given back, ends before
  /// it begins.
  ///
  /// @return whether its crawler was started
  boolean begin(Run run) {
    running.add(run);
    if (abandoned.contains(run.job().jobId())) {
      run.end(new Outcome.Cancelled());
      return false;
    }
    if (released) {
      run.end(new Outcome.Released());
      return false;
    }
    run.start();
    if (abandoned.contains(run.job().jobId())) {
      run.cancel(GRACE);
    }
    if (released) {
      run.end(new Outcome.Released());
    }
    return true;
  }

  void forget(Run run) {
    running.remove(run);
  }

  /// The job is to be stopped if it runs, and not to be run if it comes.
  void abandon(UUID jobId) {
    abandoned.add(jobId);
    for (Run run : running) {
      if (run.job().jobId().equals(jobId)) {
        run.cancel(GRACE);
      }
    }
  }

  /// Gives back everything unfinished, now and from now on.
  void release() {
    released = true;
    running.forEach(run -> run.end(new Outcome.Released()));
  }

  int size() {
    return running.size();
  }
}

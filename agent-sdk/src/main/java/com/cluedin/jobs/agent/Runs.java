package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// The runs in an agent's hands, and the jobs nobody wants any more.
final class Runs {

  /// How long a cancelled crawler may take to end by itself.
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final String agent;
  private final Crawler crawler;
  private final Executor crawlers;
  private final InstantSource clock;
  private final Set<Run> running = ConcurrentHashMap.newKeySet();
  private final Set<UUID> abandoned = ConcurrentHashMap.newKeySet();
  private volatile boolean released;

  /// @param agent whose runs
  /// @param crawlers where they run
  Runs(String agent, Crawler crawler, Executor crawlers, InstantSource clock) {
    this.agent = agent;
    this.crawler = crawler;
    this.crawlers = crawlers;
    this.clock = clock;
  }

  /// Takes up a job, and does not begin with it yet.
  ///
  /// @param deliveries how often it was handed out, this time included, 1 or more
  Run take(JobQueued job, int deliveries) {
    Run run = new Run(agent, job, deliveries, crawler, clock);
    running.add(run);
    return run;
  }

  /// Begins a run. One whose job is abandoned, or that comes when all is given back, ends before.
  ///
  /// @return whether its crawler was started
  boolean begin(Run run) {
    if (abandoned.contains(run.job().jobId())) {
      run.end(new Outcome.Cancelled());
      return false;
    }
    if (released) {
      run.end(new Outcome.Released());
      return false;
    }
    run.start(crawlers);
    if (abandoned.contains(run.job().jobId())) {
      run.cancel(GRACE);
    }
    if (released) {
      run.end(new Outcome.Released());
    }
    return true;
  }

  /// Has nothing to do with it any more; if it goes on, nobody hears of it.
  void forget(Run run) {
    run.end(new Outcome.Fenced());
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

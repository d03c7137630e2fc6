package com.cluedin.jobs.simulator;

import com.cluedin.jobs.agent.Crawl;
import com.cluedin.jobs.agent.Crawler;
import com.cluedin.jobs.agent.PermanentFailure;
import com.cluedin.jobs.simulator.SimulatedJob.Failure;
import java.io.IOException;
import java.time.Duration;

/// Takes its time and tells of clues that nobody finds, as a {@link SimulatedJob} says.
record SimulatedCrawler(SimulatorSettings settings) implements Crawler {

  private static final Duration STEP = Duration.ofMillis(200);

  @Override
  public void crawl(Crawl crawl) throws IOException, InterruptedException {
    SimulatedJob job = SimulatedJob.of(settings, crawl.job().jobId(), crawl.attempt());
    Failure failure = job.failure();
    gather(crawl, failure == null ? job.clues() : failure.afterClues(), job.cluesPerSecond());
    if (failure != null && failure.permanent()) {
      throw new PermanentFailure(failure.error());
    }
    if (failure != null) {
      throw new IOException(failure.error());
    }
  }

  /// Goes by the clock and not by the number of steps, so that a slow machine yields as much.
  private static void gather(Crawl crawl, long clues, double perSecond)
      throws InterruptedException {
    long begun = System.nanoTime();
    long soFar = 0;
    while (soFar < clues) {
      Duration left = Duration.ofNanos((long) ((clues - soFar) / perSecond * 1e9) + 1);
      Thread.sleep(left.compareTo(STEP) < 0 ? left : STEP);
      crawl.throwIfCancelled();
      soFar = Math.min(clues, (long) ((System.nanoTime() - begun) / 1e9 * perSecond));
      crawl.progress(soFar);
    }
  }
}

package com.cluedin.jobs.agent;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Threads that crawl. Crawls that end at once are run by a few, one after the other: waking a
/// thread for each would cost more than they do. Where one has to wait, there are soon twice as
/// many threads, up to one for each place.
final class CrawlerThreads implements Executor {

  private static final int FEW = 4;
  private static final Duration LONG = Duration.ofMillis(5);

  private final int most;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final ThreadPoolExecutor threads;

  /// @param places how many crawls there are at once, at the most
  CrawlerThreads(int places, LongSupplier nanoTime) {
    this.most = places;
    this.nanoTime = nanoTime;
    this.threads =
        new ThreadPoolExecutor(
            few(), places, 0, TimeUnit.SECONDS, waiting, Thread.ofPlatform().daemon().factory());
  }

  @Override
  public void execute(Runnable crawl) {
    threads.execute(new Waiting(crawl, nanoTime.getAsLong()));
  }

  /// Makes threads for those who have waited long, and gives up most of what nobody needs; to be
  /// called often, by one thread.
  void adapt() {
    int now = threads.getCorePoolSize();
    if (waiting.peek() instanceof Waiting first) {
      if (nanoTime.getAsLong() - first.since > LONG.toNanos()) {
        threads.setCorePoolSize(Math.min(most, 2 * now));
        threads.prestartCoreThread(); // where one could not be made the last time
      }
    } else {
      threads.setCorePoolSize(Math.clamp(2L * threads.getActiveCount(), few(), now));
    }
  }

  /// Lets those that crawl go on, and takes no more.
  void close() {
    threads.shutdown();
  }

  boolean isClosed() {
    return threads.isShutdown();
  }

  private int few() {
    return Math.min(FEW, most);
  }

  private record Waiting(Runnable crawl, long since) implements Runnable {

    @Override
    public void run() {
      crawl.run();
    }
  }
}

package com.cluedin.jobs.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrawlerThreadsTest {

  private static final int PLACES = 100;

  private final AtomicLong now = new AtomicLong();
  private final CrawlerThreads threads = new CrawlerThreads(PLACES, now::get);

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void asManyCrawlAtOnceAsThereArePlaces() {
    assertThat(togetherAll()).hasSize(PLACES);
  }

  @Test
  void whatEndsAtOnceIsRunByAFew() throws InterruptedException {
    Set<Thread> crawling = ConcurrentHashMap.newKeySet();
    CountDownLatch ended = new CountDownLatch(10_000);
    while (ended.getCount() > 0) {
      threads.execute(() -> {
        crawling.add(Thread.currentThread());
        ended.countDown();
      });
      threads.adapt();
    }
    assertThat(crawling).hasSizeBetween(1, 4);
  }

  @Test
  void whoIsNotNeededGoes() {
    Set<Thread> all = togetherAll();
    await()
        .until(() -> {
          threads.adapt();
          return all.stream().filter(Thread::isAlive).count() <= 4;
        });
  }

  /// Runs as many crawls as there are places, each of which waits for all others to have begun.
  ///
  /// @return who ran them
  private Set<Thread> togetherAll() {
    Set<Thread> crawling = ConcurrentHashMap.newKeySet();
    CountDownLatch begun = new CountDownLatch(PLACES);
    for (int i = 0; i < PLACES; i++) {
      threads.execute(() -> {
        crawling.add(Thread.currentThread());
        begun.countDown();
        awaitAll(begun);
      });
    }
    await()
        .until(() -> {
          now.addAndGet(10_000_000);
          threads.adapt();
          return begun.getCount() == 0;
        });
    return crawling;
  }

  private static void awaitAll(CountDownLatch begun) {
    try {
      begun.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

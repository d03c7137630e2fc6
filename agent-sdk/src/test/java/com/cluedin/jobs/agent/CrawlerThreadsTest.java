package com.cluedin.jobs.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrawlerThreadsTest {

  private static final int PLACES = 100;

  private final CrawlerThreads threads = new CrawlerThreads(PLACES);

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void asManyCrawlAtOnceAsThereArePlaces() {
    assertThat(all(PLACES, true)).hasSize(PLACES);
  }

  @Test
  void whatEndsAtOnceIsRunByAFew() {
    assertThat(all(10_000, false)).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void whoIsNotNeededGoes() {
    all(PLACES, true);
    await().until(() -> all(PLACES, false).size() <= 4);
  }

  /// Runs crawls.
  ///
  /// @param together whether each waits for all others to have begun
  /// @return who ran them
  private Set<Thread> all(int crawls, boolean together) {
    Set<Thread> crawling = ConcurrentHashMap.newKeySet();
    CountDownLatch begun = new CountDownLatch(crawls);
    for (int i = 0; i < crawls; i++) {
      threads.execute(() -> {
        crawling.add(Thread.currentThread());
        begun.countDown();
        if (together) {
          awaitAll(begun);
        }
      });
    }
    await()
        .until(() -> {
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

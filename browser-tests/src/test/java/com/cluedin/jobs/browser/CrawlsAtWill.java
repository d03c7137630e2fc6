package com.cluedin.jobs.browser;

import com.cluedin.jobs.agent.Agent;
import com.cluedin.jobs.agent.AgentSettings;
import com.cluedin.jobs.agent.Crawl;
import com.cluedin.jobs.agent.Crawler;
import com.cluedin.jobs.agent.PermanentFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An agent within the tests. Jobs of its queue `held` go on, with ever more clues, until a test
/// lets them end; asked to stop, they take a moment. Those of `markup` fail with an error that
/// would do harm as a part of a page.
final class CrawlsAtWill implements Crawler, AutoCloseable {

  static final String ERROR = "<img src=x onerror=alert(1)>";

  private static final Duration RELUCTANCE = Duration.ofMillis(1_500);

  private final Map<UUID, CountDownLatch> ends = new ConcurrentHashMap<>();
  private final Agent agent;

  private CrawlsAtWill(String kafka) {
    agent =
        Agent.start(
            new AgentSettings(
                "at-will",
                Map.of("bootstrap.servers", kafka),
                List.of("held", "markup"),
                30,
                Duration.ofSeconds(15),
                Duration.ZERO),
            this);
  }

  static CrawlsAtWill start(String kafka) {
    return new CrawlsAtWill(kafka);
  }

  /// Lets a job complete, now or once it runs.
  void end(String jobId) {
    latch(UUID.fromString(jobId)).countDown();
  }

  @Override
  public void crawl(Crawl crawl) throws PermanentFailure, InterruptedException {
    if (crawl.job().queue().equals("markup")) {
      throw new PermanentFailure(ERROR);
    }
    CountDownLatch end = latch(crawl.job().jobId());
    long clues = 0;
    try {
      while (!end.await(500, TimeUnit.MILLISECONDS)) {
        crawl.progress(++clues);
        crawl.throwIfCancelled();
      }
    } catch (InterruptedException e) {
      Thread.sleep(RELUCTANCE);
      throw e;
    }
  }

  @Override
  public void close() {
    agent.close();
  }

  private CountDownLatch latch(UUID jobId) {
    return ends.computeIfAbsent(jobId, _ -> new CountDownLatch(1));
  }
}

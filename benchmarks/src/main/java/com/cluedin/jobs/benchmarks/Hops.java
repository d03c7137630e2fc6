package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.agent.Agent;
import com.cluedin.jobs.agent.AgentSettings;
import com.cluedin.jobs.agent.Crawl;
import com.cluedin.jobs.benchmarks.Measure.Figures;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How long it takes from one to the next, one job at a time: from the person to the agent, and
/// from the agent to the person.
final class Hops implements AutoCloseable {

  private static final String QUEUE = "hops";
  private static final int REPETITIONS = 3;
  private static final int WARM_UP = 2_000;

  /// The way of a trigger to an agent runs its methods a few times for each job: it takes so many
  /// until the second compiler has them all.
  private static final int WARM_UP_OF_START = 20_000;

  private static final int JOBS = 300;

  /// By then the scheduler and the tracker have followed the job before.
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final String COMPLETED = "\"Status\":\"Completed\"";
  private static final long PATIENCE_SECONDS = 30;

  private final Gateway gateway;
  private final GatewayConnection person;
  private final Integrations integrations;
  private final SynchronousQueue<Begun> begun = new SynchronousQueue<>();
  private final Semaphore end = new Semaphore(0);
  private final Agent agent;

  private Hops(Installation on) throws Exception {
    gateway = on.gateway();
    integrations = Integrations.enable(on, 1, Integrations.NEVER_NOW, QUEUE);
    agent =
        Agent.start(
            AgentSettings.of("hops", on.kafka()).withQueues(List.of(QUEUE)).withJobsAtOnce(1),
            this::crawl);
    person = gateway.connect();
  }

  /// From before a trigger is sent to the crawler that runs.
  static void measureStart(Installation on, Figures figures) throws Exception {
    try (Hops hops = new Hops(on)) {
      hops.take(figures, WARM_UP_OF_START, hops::start);
    }
  }

  /// From the end of a crawl to the first answer of the gateway that shows the job Completed.
  static void measureVisible(Installation on, Figures figures) throws Exception {
    try (Hops hops = new Hops(on)) {
      hops.take(figures, WARM_UP, hops::show);
    }
  }

  private void take(Figures figures, int warmUp, Hop hop) throws Exception {
    for (int i = 0; i < warmUp; i++) {
      hop.nanos();
    }
    Latencies.repeat(figures, "", REPETITIONS, () -> some(hop));
  }

  private static Latencies some(Hop hop) throws Exception {
    Latencies latencies = new Latencies();
    for (int i = 0; i < JOBS; i++) {
      Thread.sleep(BETWEEN);
      latencies.add(hop.nanos());
    }
    return latencies;
  }

  /// Triggers a job that begins at once, and ends with the next {@link #end}.
  private Begun begin() throws Exception {
    long asked = System.nanoTime();
    person.trigger(integrations.jobTypes());
    Begun job = begun.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (job == null) {
      throw new TimeoutException("no agent got the job");
    }
    return new Begun(job.jobId(), job.nanos() - asked);
  }

  private long start() throws Exception {
    long took = begin().nanos();
    end.release();
    return took;
  }

  private long show() throws Exception {
    Begun job = begin();
    long ended = System.nanoTime();
    end.release();
    Installation.await(
        "the end of job " + job.jobId() + " to be shown",
        Duration.ofSeconds(PATIENCE_SECONDS),
        LOOK_EVERY,
        () -> gateway.find("/api/v1/jobs/" + job.jobId()).contains(COMPLETED));
    return System.nanoTime() - ended;
  }

  private void crawl(Crawl crawl) throws InterruptedException {
    begun.put(new Begun(crawl.job().jobId(), System.nanoTime()));
    end.acquire();
  }

  @Override
  public void close() throws Exception {
    agent.close();
    person.close();
    integrations.close();
  }

  /// @param nanos when, or after how long
  private record Begun(UUID jobId, long nanos) {}

  @FunctionalInterface
  private interface Hop {
    long nanos() throws Exception;
  }
}

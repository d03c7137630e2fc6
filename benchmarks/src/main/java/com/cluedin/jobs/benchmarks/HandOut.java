package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.agent.Agent;
import com.cluedin.jobs.agent.AgentSettings;
import com.cluedin.jobs.benchmarks.Measure.Figures;
import com.cluedin.jobs.model.Event;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;

/// Twenty thousand jobs that do nothing are put on a queue of two agents, both in this process: how
/// many a second are run, with all the rest of the system following it. It is over when the tracker
/// has followed, so that what comes next is not measured beside that.
final class HandOut {

  private static final String QUEUE = "hand-out";
  private static final int JOBS = 20_000;
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 5;
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private HandOut() {}

  static void measure(Installation on, Figures figures) throws Exception {
    Set<UUID> run = ConcurrentHashMap.newKeySet();
    on.makeQueue(QUEUE);
    try (Connection database = on.database();
        Producer<String, Event> producer = on.producer(Map.of());
        Agent _ = agent(on, "hand-out-1", run);
        Agent _ = agent(on, "hand-out-2", run)) {
      long before = Installation.completed(database);
      Lives lives = new Lives();
      Rounds<Double> rates =
          Rounds.take(
              figures,
              WARM_UP,
              ROUNDS,
              () -> {
                run.clear();
                long began = System.nanoTime();
                lives.queued(QUEUE, JOBS).forEach(producer::send);
                Installation.await(
                    "all jobs to be run", PATIENCE, LOOK_EVERY, () -> run.size() >= JOBS);
                return Math.rint(JOBS / ((System.nanoTime() - began) / 1e9));
              });
      figures.add("", "jobs/s", rates.each(it -> it));
      Installation.await(
          "the tracker to have followed",
          PATIENCE,
          () -> Installation.completed(database) >= before + (WARM_UP + ROUNDS) * JOBS);
    }
  }

  private static Agent agent(Installation on, String name, Set<UUID> run) {
    return Agent.start(
        AgentSettings.of(name, on.kafka())
            .withQueues(List.of(QUEUE))
            .withJobsAtOnce(Installation.PLACES),
        crawl -> run.add(crawl.job().jobId()));
  }
}

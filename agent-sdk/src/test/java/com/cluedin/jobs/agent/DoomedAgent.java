package com.cluedin.jobs.agent;

import java.time.Duration;
import java.util.List;

/// An agent in a process of its own, made to be killed.
final class DoomedAgent {

  private DoomedAgent() {}

  /// @param args bootstrap servers, queue, jobs at once
  public static void main(String[] args) {
    Agent.start(
        AgentSettings.of("doomed", args[0])
            .withQueues(List.of(args[1]))
            .withJobsAtOnce(Integer.parseInt(args[2]))
            .withLease(Stage.LEASE),
        crawl -> Thread.sleep(Duration.ofHours(1)));
  }

  static Process fork(Stage stage, int jobsAtOnce) throws Exception {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            DoomedAgent.class.getName(),
            stage.kafka,
            stage.queue,
            String.valueOf(jobsAtOnce))
        .inheritIO()
        .start();
  }
}

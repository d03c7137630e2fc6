package com.cluedin.jobs.faults;

import com.cluedin.jobs.faults.Workload.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Faults 11 and 17: agents come and go, and a job that no agent survives.
@Order(6)
@ExtendWith(FaultTable.class)
class AgentsIT {

  private static final int MOST_DELIVERIES = 5;

  /// For an agent of jobs that fail by its death alone.
  private static final Map<String, String> DEADLY =
      Map.of(
          "AGENT_QUEUES",
          "deadly",
          "SIMULATION_FAILURE_RATE",
          "0",
          "SIMULATION_PERMANENT_RATE",
          "0");

  @Test
  void agentsMayComeAndGoEverySecond() {
    int seconds = Dose.GIVEN.share(20);
    try (Scene scene = Scene.of("11", "agents joining and leaving every second")) {
      Stage stage = scene.stage();
      scene.workload().begin();
      List<Thread> leaving = new ArrayList<>();
      for (int second = 0; second < seconds; second++) {
        String agent = Stage.agents().get(scene.random().nextInt(Stage.AGENTS));
        boolean killed = scene.random().nextBoolean();
        leaving.removeIf(thread -> !thread.isAlive());
        if (leaving.isEmpty() && stage.process(agent).isAlive()) {
          leaving.add(Thread.ofVirtual().start(() -> leaveAndCome(stage, agent, killed)));
        }
        scene.workFor(Duration.ofSeconds(1), () -> {});
      }
      for (Thread thread : leaving) {
        join(thread);
      }
      scene.end(seconds);
    }
  }

  private static void leaveAndCome(Stage stage, String agent, boolean killed) {
    if (killed) {
      stage.kill(agent);
    } else {
      stage.tell("SIGTERM " + agent);
      stage.process(agent).stop();
    }
    stage.begin(agent);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aJobThatNoAgentSurvivesFailsInTheEnd() {
    try (Scene scene = Scene.of("17", "a job that kills every agent it meets")) {
      Schedule schedule =
          scene.workload().enable(Stage.uuid(scene.random()), Rhythm.NEVER, "deadly");
      int onItsWay = runsUntilFailed(scene, schedule, Spots.RUN_GOES_ON);
      int atOnce = runsUntilFailed(scene, schedule, Spots.RUN_BEGINS);
      if (onItsWay != MOST_DELIVERIES || atOnce != MOST_DELIVERIES) {
        scene.found("not all runs are listed: %d and %d".formatted(onItsWay, atOnce));
      }
      scene.stage().kill("agent-1");
      scene.end(
          2,
          "failed; runs listed: %d of one that kills later, %d of one that kills at once"
              .formatted(onItsWay, atOnce));
    }
  }

  /// An agent that dies may take a delivery or two with it that no run came of, so there may be
  /// fewer deaths than deliveries.
  private static int runsUntilFailed(Scene scene, Schedule schedule, String spot) {
    Stage stage = scene.stage();
    UUID job = Workload.jobOf(scene.workload().trigger(schedule));
    Map<String, String> doomed = new HashMap<>(Stage.toFail(spot + ":1:halt"));
    doomed.putAll(DEADLY);
    for (int death = 1; death <= MOST_DELIVERIES && !hasFailed(scene, job); death++) {
      stage.beginAs("agent-1", doomed);
      scene.expect(
          "agent-1 to die of it, for the time " + death,
          Duration.ofSeconds(45),
          () -> !stage.process("agent-1").isAlive() || hasFailed(scene, job));
    }
    stage.beginAs("agent-1", DEADLY);
    scene.expect("the job to be failed", Duration.ofSeconds(45), () -> hasFailed(scene, job));
    List<JsonNode> runs = stage.api().get("/api/v1/jobrun?id=" + job).elements().toList();
    if (runs.getLast().get("Error").asString("").isEmpty()) {
      scene.found("failed without a cause: " + runs);
    }
    return runs.size();
  }

  private static boolean hasFailed(Scene scene, UUID job) {
    Answer runs = scene.stage().api().get("/api/v1/jobrun?id=" + job);
    return runs.status() == 200
        && runs.elements().toList().getLast().get("Status").asString().equals("Failed");
  }
}

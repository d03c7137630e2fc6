package com.cluedin.jobs.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Fault 1: SIGKILL, of anything, at any time and at the worst times.
@Order(1)
@ExtendWith(FaultTable.class)
class KillsIT {

  private static final int ROUNDS_OF_A_CHECK = 50;

  /// How often each is hit, of a hundred times.
  private static final Map<String, Integer> VICTIMS =
      new TreeMap<>(
          Map.of(
              "scheduler-1", 14,
              "scheduler-2", 14,
              "tracker-1", 12,
              "tracker-2", 12,
              "agent-1", 10,
              "agent-2", 10,
              "agent-3", 6,
              "gateway", 6,
              "kafka", 8,
              "postgres", 8));

  /// Who does the work while one is away; it must be there before that one is killed.
  private static final Map<String, List<String>> STAND_INS =
      Map.of(
          "scheduler-1", List.of("scheduler-2"),
          "scheduler-2", List.of("scheduler-1"),
          "tracker-1", List.of("tracker-2"),
          "tracker-2", List.of("tracker-1"),
          "kafka", List.of("postgres"),
          "postgres", List.of("kafka"));

  @Test
  void anyProcessMayDieAtAnyTime() {
    int rounds = Dose.GIVEN.rounds();
    try (Scene scene = Scene.of("1", "SIGKILL of anything at random")) {
      scene.workload().begin();
      for (int round = 1; round <= rounds; round++) {
        killOne(scene, round);
        if (round % ROUNDS_OF_A_CHECK == 0 && round < rounds) {
          scene.checkpoint(round);
        }
      }
      scene.end(rounds);
      scene.foundAll(scene.standingChecks().aReadModelMadeAnewIsTheSame());
      scene.failIfFound();
    }
  }

  private static void killOne(Scene scene, int round) {
    Stage stage = scene.stage();
    String victim = victim(scene.random().nextInt(100));
    int before = scene.random().nextInt(4);
    int after = scene.random().nextInt(1, 5);
    int moment = scene.random().nextInt(600);
    scene.workload().steps(before);
    STAND_INS.getOrDefault(victim, List.of()).forEach(stage::awaitReady);
    stage.awaitReady("gateway");
    Pause.ofMillis(moment);
    stage.tell("round " + round);
    stage.kill(victim);
    stage.begin(victim);
    scene.workload().steps(after);
    if (victim.equals("postgres")) {
      stage.awaitReady("postgres");
    }
    scene.foundAll(scene.standingChecks().talliesAreWhatCountingGives());
  }

  private static String victim(int percent) {
    int left = percent;
    for (Map.Entry<String, Integer> victim : VICTIMS.entrySet()) {
      left -= victim.getValue();
      if (left < 0) {
        return victim.getKey();
      }
    }
    throw new IllegalStateException("the shares do not make a hundred");
  }
}

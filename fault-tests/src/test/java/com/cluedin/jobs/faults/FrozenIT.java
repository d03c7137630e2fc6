package com.cluedin.jobs.faults;

import com.cluedin.jobs.faults.Workload.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Faults 6 and 7: a process stands still, others take over, and it goes on as if nothing had been.
@Order(4)
@ExtendWith(FaultTable.class)
class FrozenIT {

  private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

  @Test
  void aSchedulerThatWakesUpWithAClaimIsFenced() {
    wakeUpWith(Spots.CLAIMED, "SIGSTOP of a scheduler with a claim", false);
  }

  @Test
  void aSchedulerThatWakesUpWithTheOutboxIsFenced() {
    wakeUpWith(Spots.SENT, "SIGSTOP of a scheduler in a transaction of Kafka", true);
  }

  private static void wakeUpWith(String spot, String what, boolean alone) {
    int rounds = Dose.GIVEN.share(1);
    try (Scene scene = Scene.of("6", what)) {
      Stage stage = scene.stage();
      scene.workload().begin();
      for (int round = 0; round < rounds; round++) {
        String freeze = spot + ":" + scene.random().nextInt(1, 5) + ":freeze";
        if (alone) {
          stage.beginToFailAlone("scheduler-1", "scheduler-2", freeze);
        } else {
          stage.beginToFail("scheduler-1", freeze);
        }
        scene.workUntil("scheduler-1 to stand still", () -> stage.stateOf("scheduler-1") == 'T');
        stage.begin("scheduler-2");
        stage.awaitReady("scheduler-2");
        Schedule fires = scene.workload().schedules().getFirst();
        scene.workload().resume(fires);
        long before = decisions(scene, fires);
        scene.expect(
            "scheduler-2 to fire all", TAKEN_OVER, () -> decisions(scene, fires) > before + 2);
        stage.tell("SIGCONT scheduler-1");
        stage.process("scheduler-1").resume();
        scene.workload().steps(15);
      }
      scene.end(rounds);
    }
  }

  private static long decisions(Scene scene, Schedule schedule) {
    Answer answer = scene.stage().api().get(Workload.pathOf(schedule) + "/decisions?take=1000");
    return answer.status() == 200 ? answer.elements().count() : 0;
  }

  @Test
  void whatAnAgentSaysAfterItsLeaseChangesNothing() {
    int rounds = Dose.GIVEN.share(1);
    try (Scene scene = Scene.of("7", "SIGSTOP of an agent past its lease")) {
      Stage stage = scene.stage();
      Map<String, String> slow =
          Map.of("AGENT_QUEUES", "slow", "AGENT_JOBS_AT_ONCE", "4", "SIMULATION_CLUES", "600");
      Schedule schedule = scene.workload().enable(Stage.uuid(scene.random()), Rhythm.NEVER, "slow");
      stage.beginAs("agent-1", slow);
      stage.awaitReady("agent-1");
      for (int round = 0; round < rounds; round++) {
        List<UUID> jobs =
            IntStream.range(0, 4)
                .mapToObj(_ -> Workload.jobOf(scene.workload().trigger(schedule)))
                .toList();
        scene.expect(
            "agent-1 to run all", Duration.ofSeconds(20), () -> areIn(scene, jobs, "Executing", 1));
        stage.tell("SIGSTOP agent-1");
        stage.process("agent-1").suspend();
        List<UUID> unfinished =
            rows(scene, jobs).stream().filter(row -> !row.isEnded()).map(Row::id).toList();
        stage.beginAs("agent-2", slow);
        stage.awaitReady("agent-2");
        scene.expect(
            "the jobs to be run again",
            Duration.ofSeconds(20),
            () -> areIn(scene, unfinished, "", 2));
        stage.tell("SIGCONT agent-1");
        stage.process("agent-1").resume();
        scene.expect(
            "the second runs to end", Duration.ofSeconds(90), () -> haveEnded(scene, jobs));
      }
      stage.kill("agent-1");
      stage.kill("agent-2");
      scene.end(rounds);
    }
  }

  /// Whether more than half of the jobs are in that run; some may have been too quick.
  private static boolean areIn(Scene scene, List<UUID> jobs, String status, int attempt) {
    return rows(scene, jobs).stream()
            .filter(row -> status.isEmpty() || row.status().equals(status))
            .filter(row -> row.attempt() == attempt)
            .count()
        > jobs.size() / 2;
  }

  private static boolean haveEnded(Scene scene, List<UUID> jobs) {
    List<Row> rows = rows(scene, jobs);
    return rows.size() == jobs.size() && rows.stream().allMatch(Row::isEnded);
  }

  private static List<Row> rows(Scene scene, List<UUID> jobs) {
    return Evidence.rowsOf(scene.workload(), scene.stage().api()).values().stream()
        .filter(row -> jobs.contains(row.id()))
        .toList();
  }
}

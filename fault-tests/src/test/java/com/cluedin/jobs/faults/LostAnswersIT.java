package com.cluedin.jobs.faults;

import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Fault 2: something was done, and who did it is told that it failed.
@Order(2)
@ExtendWith(FaultTable.class)
class LostAnswersIT {

  @Test
  void aCommitOfKafkaWhoseAnswerIsLostSendsNothingTwice() {
    int rounds = Dose.GIVEN.share(2);
    try (Scene scene = Scene.of("2", "answer of Kafka's commit lost")) {
      scene.workload().begin();
      for (int round = 0; round < rounds; round++) {
        int nth = scene.random().nextInt(1, 8);
        long before = scene.stage().failures("scheduler-1");
        scene
            .stage()
            .beginToFailAlone(
                "scheduler-1", "scheduler-2", Spots.KAFKA_COMMITTED + ":" + nth + ":throw");
        awaitFailure(scene, "scheduler-1", before);
        scene.workload().steps(5);
        scene.stage().begin("scheduler-2");
        scene.stage().awaitReady("scheduler-2");
      }
      scene.end(rounds);
    }
  }

  @Test
  void aMergeWhoseAnswerIsLostChangesNothingTwice() {
    int rounds = Dose.GIVEN.share(2);
    try (Scene scene = Scene.of("2", "answer of a merge lost")) {
      scene.workload().begin();
      for (int round = 0; round < rounds; round++) {
        int nth = scene.random().nextInt(1, 8);
        failAt(scene, "tracker-1", Spots.MERGED + ":" + nth + ":throw");
      }
      scene.end(rounds);
    }
  }

  @Test
  void anAcknowledgementWhoseAnswerIsLostHurtsNothing() {
    int rounds = Dose.GIVEN.share(3);
    try (Scene scene = Scene.of("2", "answer of an acknowledgement lost")) {
      scene.workload().begin();
      for (int round = 0; round < rounds; round++) {
        int nth = scene.random().nextInt(1, 8);
        failAt(scene, "agent-1", Spots.COMMITTED + ":" + nth + ":throw");
      }
      scene.end(rounds);
    }
  }

  @Test
  void aCommitOfPostgresWhoseAnswerIsLostMakesNoSecondJob() {
    int rounds = Dose.GIVEN.share(4);
    Scene scene = Scene.of("2", "answer of PostgreSQL's commit lost");
    try (scene;
        DatabaseProxy proxy = new DatabaseProxy(scene.stage().postgresPort())) {
      Stage stage = scene.stage();
      scene.workload().begin();
      stage.beginAs("scheduler-1", Map.of("POSTGRES_PORT", String.valueOf(proxy.port())));
      stage.awaitReady("scheduler-1");
      stage.kill("scheduler-2");
      for (int round = 1; round <= rounds; round++) {
        int expected = round;
        scene.workload().steps(scene.random().nextInt(1, 6));
        proxy.cutNextCommit();
        scene.workUntil("a commit's answer to be lost", () -> proxy.cuts() >= expected);
      }
      scene.workload().steps(5);
      stage.kill("scheduler-1");
      scene.end(rounds);
    }
  }

  private static void failAt(Scene scene, String process, String spot) {
    long before = scene.stage().failures(process);
    scene.stage().beginToFail(process, spot);
    awaitFailure(scene, process, before);
    scene.workload().steps(5);
  }

  private static void awaitFailure(Scene scene, String process, long before) {
    scene.workUntil(process + " to lose an answer", () -> scene.stage().failures(process) > before);
  }
}

package com.cluedin.jobs.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Faults 3 and 5: what everything stands on is killed and comes back.
@Order(3)
@ExtendWith(FaultTable.class)
class AbsenceIT {

  private static final Set<Integer> ANSWERS = Set.of(200, 202, 404, 409, 503);
  private static final Duration LONGEST = Duration.ofMillis(10_500);

  @Test
  void theOnlyBrokerMayDieUnderLoad() {
    int rounds = Dose.GIVEN.share(2);
    try (Scene scene = Scene.of("3", "SIGKILL of the only broker under load")) {
      scene.workload().begin();
      for (int round = 0; round < rounds; round++) {
        away(scene, "kafka", Duration.ofSeconds(scene.random().nextInt(3, 9)));
      }
      scene.end(rounds);
    }
  }

  @Test
  void postgresMayDieWhileEventsAreProjected() {
    int rounds = Dose.GIVEN.share(4);
    try (Scene scene = Scene.of("5", "SIGKILL of PostgreSQL in mid projection")) {
      scene.workload().begin();
      for (int round = 0; round < rounds; round++) {
        burst(scene);
        Pause.ofMillis(scene.random().nextInt(400));
        away(scene, "postgres", Duration.ofMillis(scene.random().nextInt(3_000)));
      }
      scene.end(rounds);
      scene.foundAll(scene.standingChecks().aReadModelMadeAnewIsTheSame());
      scene.failIfFound();
    }
  }

  /// Many triggers, so that there is something to read.
  private static void burst(Scene scene) {
    Workload.Schedule schedule = scene.workload().schedules().getLast();
    for (int i = 0; i < 25; i++) {
      scene.workload().trigger(schedule);
    }
  }

  /// Kills it, works without it for a while, and starts it again. Nobody may wait in vain
  /// meanwhile.
  private static void away(Scene scene, String process, Duration length) {
    Stage stage = scene.stage();
    stage.awaitReady("gateway");
    Instant since = Instant.now();
    stage.kill(process);
    long until = System.nanoTime() + length.toNanos();
    do {
      scene.workload().steps(1);
      look(scene);
    } while (System.nanoTime() < until);
    stage.begin(process);
    stage.awaitReady(process);
    scene.workload().steps(4);
    stage.api().answers().stream()
        .filter(answer -> answer.sent().isAfter(since))
        .forEach(answer -> judge(scene, answer));
  }

  private static void look(Scene scene) {
    for (String path :
        List.of("/api/v1/jobs?take=5", "/api/v1/jobstatecount", "/api/v1/job-types")) {
      judge(scene, scene.stage().api().get(path));
    }
  }

  private static void judge(Scene scene, Answer answer) {
    if (!ANSWERS.contains(answer.status()) || answer.took().compareTo(LONGEST) > 0) {
      scene.found("after %s: %s".formatted(answer.took(), answer));
    }
  }
}

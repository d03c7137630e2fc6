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

  /// The gateway gives up after 10 s; the rest is for the machine, which all of them share.
  private static final Duration LONGEST = Duration.ofSeconds(13);

  private Duration longest = Duration.ZERO;

  @Test
  void theOnlyBrokerMayDieUnderLoad() {
    int rounds = Dose.GIVEN.share(2);
    try (Scene scene = Scene.of("3", "SIGKILL of the only broker under load")) {
      scene.workload().begin();
      for (int round = 0; round < rounds; round++) {
        away(scene, "kafka", Duration.ofSeconds(scene.random().nextInt(3, 9)));
      }
      scene.end(rounds, "longest answer %.1f s".formatted(longest.toMillis() / 1e3));
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
      scene.end(rounds, "longest answer %.1f s".formatted(longest.toMillis() / 1e3));
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
  private void away(Scene scene, String process, Duration length) {
    Stage stage = scene.stage();
    stage.awaitReady("gateway");
    Instant since = Instant.now();
    stage.kill(process);
    Thread asking = Thread.ofVirtual().start(() -> askWhatNeedsAll(scene));
    scene.workFor(length, () -> look(scene));
    stage.begin(process);
    stage.awaitReady(process);
    scene.workload().steps(4);
    join(asking);
    stage.api().answers().stream()
        .filter(answer -> answer.sent().isAfter(since))
        .forEach(answer -> judge(scene, answer));
  }

  /// Events that have to be in Kafka before there is an answer.
  private static void askWhatNeedsAll(Scene scene) {
    scene.workload().enableAgain(scene.workload().schedules().getFirst());
    scene.workload().triggered().stream()
        .reduce((_, newer) -> newer)
        .ifPresent(scene.workload()::abandon);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Scene scene) {
    for (String path :
        List.of("/api/v1/jobs?take=5", "/api/v1/jobstatecount", "/api/v1/job-types")) {
      judge(scene, scene.stage().api().get(path));
    }
  }

  private void judge(Scene scene, Answer answer) {
    longest = answer.took().compareTo(longest) > 0 ? answer.took() : longest;
    if (!ANSWERS.contains(answer.status()) || answer.took().compareTo(LONGEST) > 0) {
      scene.found("after %s: %s".formatted(answer.took(), answer));
    }
  }
}

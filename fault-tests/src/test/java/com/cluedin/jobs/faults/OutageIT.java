package com.cluedin.jobs.faults;

import com.cluedin.jobs.faults.Workload.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Fault 19: schedulers are away for longer than what is missed is caught up.
@Order(8)
@ExtendWith(FaultTable.class)
class OutageIT {

  private static final Duration OUTAGE = Duration.ofSeconds(76);
  private static final Duration MISFIRE = Duration.ofSeconds(60);
  private static final Duration CATCH_UP = Duration.ofSeconds(67);
  private static final Set<String> FIRED = Set.of("fired", "late");

  /// What is expected of a schedule.
  private record Policy(Schedule schedule, String missed, Duration catchUp) {}

  @Test
  void whatWasMissedIsCaughtUpAsThePolicySays() {
    try (Scene scene = Scene.of("19", "an outage longer than the catch-up window")) {
      Stage stage = scene.stage();
      List<Policy> often =
          List.of(
              policy(scene, Rhythm.every(2), "once", CATCH_UP),
              policy(scene, Rhythm.every(2), "all", CATCH_UP),
              policy(scene, Rhythm.every(2), "none", CATCH_UP));
      List<Policy> once =
          List.of(
              policy(scene, Rhythm.NEVER, "once", Duration.ofDays(1)),
              policy(scene, Rhythm.NEVER, "once", CATCH_UP),
              policy(scene, Rhythm.NEVER, "none", Duration.ofDays(1)));
      Instant first = Instant.now().plusSeconds(20);
      once.forEach(
          policy -> scene.workload().changeCron(policy.schedule(), Rhythm.hourlyAt(first)));
      Pause.of(Duration.between(Instant.now(), first.minusSeconds(2)));
      List.of("scheduler-1", "scheduler-2").forEach(stage::kill);
      Pause.of(OUTAGE);
      List.of("scheduler-1", "scheduler-2").forEach(stage::begin);
      List.of("scheduler-1", "scheduler-2").forEach(stage::awaitReady);
      scene.expect(
          "all to be decided",
          Duration.ofSeconds(30),
          () -> once.stream().noneMatch(policy -> decisions(scene, policy).isEmpty()));
      scene.drain();
      int judged = 0;
      for (Policy policy : Stream.concat(often.stream(), once.stream()).toList()) {
        int missed = judge(scene, policy);
        judged += missed;
        if (missed == 0) {
          scene.found("no occurrence was missed by which to judge " + policy);
        }
      }
      scene.end(1, judged + " missed occurrences as their policies say");
    }
  }

  private static Policy policy(Scene scene, Rhythm rhythm, String missed, Duration catchUp) {
    Schedule schedule = scene.workload().enable(Stage.uuid(scene.random()), rhythm, "default");
    scene
        .workload()
        .changePolicy(
            schedule,
            Map.of(
                "missedOccurrences",
                missed,
                "catchUp",
                catchUp.toDays() > 0 ? "1.00:00:00" : "00:01:07",
                "overlap",
                "allow",
                "retries",
                0));
    return new Policy(schedule, missed, catchUp);
  }

  private static List<JsonNode> decisions(Scene scene, Policy policy) {
    return scene
        .stage()
        .api()
        .get(Workload.pathOf(policy.schedule()) + "/decisions?take=1000")
        .elements()
        .toList();
  }

  /// How many of its occurrences were missed.
  private static int judge(Scene scene, Policy policy) {
    List<JsonNode> newestFirst = decisions(scene, policy);
    int missed = 0;
    for (int i = 0; i < newestFirst.size(); i++) {
      JsonNode decision = newestFirst.get(i);
      Instant at = Instant.parse(decision.get("DecidedAt").asString());
      Duration late = Duration.between(Instant.parse(decision.get("ScheduledFor").asString()), at);
      boolean newest =
          i == 0 || !newestFirst.get(i - 1).get("DecidedAt").equals(decision.get("DecidedAt"));
      boolean caughtUp =
          late.compareTo(policy.catchUp()) <= 0
              && (policy.missed().equals("all") || policy.missed().equals("once") && newest);
      String word = decision.get("Decision").asString();
      boolean right =
          late.compareTo(MISFIRE) <= 0
              ? FIRED.contains(word)
              : word.equals(caughtUp ? "caught-up" : "missed");
      if (!right) {
        scene.found(
            "%s, %s within %s: %s".formatted(decision, policy.missed(), policy.catchUp(), late));
      }
      missed += late.compareTo(MISFIRE) > 0 ? 1 : 0;
    }
    return missed;
  }
}

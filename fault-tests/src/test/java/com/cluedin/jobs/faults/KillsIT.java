package com.cluedin.jobs.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
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
    try (Scene scene = Scene.of("1", "SIGKILL of anything at random")) {
      inRounds(scene, Dose.GIVEN.rounds(), round -> killOne(scene, round));
      scene.foundAll(scene.standingChecks().aReadModelMadeAnewIsTheSame());
      scene.failIfFound();
    }
  }

  private static void inRounds(Scene scene, int rounds, IntConsumer oneRound) {
    scene.workload().begin();
    for (int round = 1; round <= rounds; round++) {
      oneRound.accept(round);
      if (round % ROUNDS_OF_A_CHECK == 0 && round < rounds) {
        scene.checkpoint(round);
      }
    }
    scene.end(rounds);
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

  /// A spot of the code at which to die.
  ///
  /// @param one of whom
  /// @param alone whether it has to be the only one of its kind to come there
  private record Moment(String what, String one, String spot, boolean alone) {

    String partner() {
      return one.substring(0, one.length() - 1) + "2";
    }
  }

  private static final List<Moment> MOMENTS =
      List.of(
          scheduler("after the claim", Spots.CLAIMED, false),
          scheduler("with what is due soon decided", Spots.AHEAD, true),
          scheduler("after the insert, before the commit", Spots.INSERTED, false),
          scheduler("after the send, before Kafka's commit", Spots.SENT, true),
          scheduler("after Kafka's commit, before the rows go", Spots.KAFKA_COMMITTED, true),
          new Moment("before the merge", "tracker-1", Spots.READ, false),
          new Moment("after the merge, before the offsets", "tracker-1", Spots.MERGED, false),
          new Moment("before a run's last event", "agent-1", Spots.RUN_OVER, false),
          new Moment("before the acknowledgement", "agent-1", Spots.RUN_TOLD, false),
          new Moment("while acknowledging", "agent-1", Spots.ACKNOWLEDGING, false),
          new Moment("after the acknowledgement", "agent-1", Spots.ACKNOWLEDGED, false));

  @Test
  void servicesMayDieAtTheWorstMoments() {
    try (Scene scene = Scene.of("1", "SIGKILL at named points")) {
      int rounds = Dose.GIVEN.isLong() ? Dose.GIVEN.rounds() : MOMENTS.size();
      inRounds(scene, rounds, round -> dieAt(scene, MOMENTS.get((round - 1) % MOMENTS.size())));
    }
  }

  private static void dieAt(Scene scene, Moment moment) {
    Stage stage = scene.stage();
    int nth = scene.random().nextInt(1, 6);
    String spot = moment.spot() + ":" + nth + ":halt";
    stage.awaitReady(moment.partner());
    stage.tell("dies " + moment.what());
    if (moment.alone()) {
      stage.beginToFailAlone(moment.one(), moment.partner(), spot);
    } else {
      stage.beginToFail(moment.one(), spot);
    }
    scene.workUntil(moment.one() + " to die " + moment.what(), () -> isDead(stage, moment));
    stage.begin(moment.one());
    stage.begin(moment.partner());
    scene.workload().steps(3);
    scene.foundAll(scene.standingChecks().talliesAreWhatCountingGives());
  }

  private static boolean isDead(Stage stage, Moment moment) {
    return !stage.process(moment.one()).isAlive();
  }

  private static Moment scheduler(String what, String spot, boolean alone) {
    return new Moment(what, "scheduler-1", spot, alone);
  }
}

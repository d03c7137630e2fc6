package com.cluedin.jobs.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;

/// One fault being tried: a workload of its own, somebody who watches, and in the end the check of
/// everything.
final class Scene implements AutoCloseable {

  private static final int MOST_TOLD = 25;
  private static final Duration LONGEST_WORK = Duration.ofSeconds(60);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(120);
  private static final Duration STABLE = Duration.ofMillis(1_500);

  private final String fault;
  private final String what;
  private final Stage stage;
  private final SplittableRandom random;
  private final Workload workload;
  private final Watch watch;
  private final List<String> findings = new ArrayList<>();
  private Instant healed = Instant.MAX;
  private Instant ended = Instant.MIN;
  private Duration recovery = Duration.ZERO;

  private Scene(String fault, String what, Stage stage) {
    this.fault = fault;
    this.what = what;
    this.stage = stage;
    this.random = Dose.GIVEN.randomOf(fault + what);
    this.workload = new Workload(stage.api(), random.split());
    this.watch = new Watch(stage.api());
  }

  /// @param fault its number in the table of faults
  static Scene of(String fault, String what) {
    return of(fault, what, 1);
  }

  static Scene of(String fault, String what, int brokers) {
    Stage stage = Stage.with(brokers);
    stage.heal();
    stage.tell("=== fault %s: %s".formatted(fault, what));
    Scene scene = new Scene(fault, what, stage);
    scene.watch.begin();
    return scene;
  }

  Stage stage() {
    return stage;
  }

  SplittableRandom random() {
    return random;
  }

  Workload workload() {
    return workload;
  }

  /// Notes what must not be.
  void found(String finding) {
    stage.tell("FOUND " + finding);
    findings.add(finding);
  }

  void foundAll(List<String> all) {
    all.forEach(this::found);
  }

  /// Notes it when the condition does not come to hold.
  void expect(String what, Duration most, BooleanSupplier condition) {
    try {
      Stage.await(what, most, condition);
    } catch (ConditionTimeoutException e) {
      found("within " + most.toSeconds() + " s did not happen: " + what);
    }
  }

  /// Lets people work until the condition holds.
  void workUntil(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONGEST_WORK.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      workload.steps(1);
    }
    workload.turnPage();
    if (!condition.getAsBoolean()) {
      found("within " + LONGEST_WORK.toSeconds() + " s did not happen: " + what);
    }
  }

  /// Lets people work for a while, and does something else between their steps.
  void workFor(Duration length, Runnable between) {
    long until = System.nanoTime() + length.toNanos();
    do {
      workload.steps(1);
      between.run();
    } while (System.nanoTime() < until);
    workload.turnPage();
  }

  /// Heals, lets everything come to its end, and waits for that.
  void drain() {
    long since = System.nanoTime();
    stage.heal();
    healed = Instant.now();
    expect("schedulers to follow all", LONGEST_DRAIN, new Lag(stage.kafka())::isNone);
    workload.end();
    ended = Instant.now();
    expect("everything to come to its end", LONGEST_DRAIN, new Quiet(stage, workload, STABLE));
    recovery = Duration.ofNanos(System.nanoTime() - since);
    stage.tell("drained in %.1f s".formatted(recovery.toMillis() / 1e3));
  }

  /// Everything that must hold, checked on the way; the workload goes on with new schedules.
  void checkpoint(int rounds) {
    drain();
    check(rounds, "");
    failIfFound();
    workload.begin();
  }

  /// Everything that must hold, checked now; the line of the table; and the failure, if there is
  /// one.
  void end(int rounds) {
    end(rounds, "");
  }

  void end(int rounds, String remark) {
    drain();
    check(rounds, remark);
    watch.close();
    failIfFound();
  }

  private void check(int rounds, String remark) {
    TopicLog log = TopicLog.read(stage.kafka(), TopicLog.JOBS_AND_DECISIONS);
    Evidence evidence =
        Evidence.of(workload, log, Evidence.rowsOf(workload, stage.api()), watch, healed, ended);
    Checker checker = new Checker(evidence);
    foundAll(checker.findings());
    foundAll(watch.blindness());
    foundAll(new StandingChecks(stage, workload).findings());
    write(log);
    FaultTable.put(
        new FaultTable.Line(
            fault,
            what,
            rounds,
            evidence.rows().size(),
            checker.lost(),
            checker.doubled(),
            evidence.runAgain(),
            recovery,
            findings.isEmpty() ? remark : findings.size() + " FINDINGS " + remark));
  }

  void failIfFound() {
    if (!findings.isEmpty()) {
      throw new AssertionError(
          "%d findings; this run again: %s%n%s"
              .formatted(
                  findings.size(),
                  Dose.GIVEN,
                  String.join("\n", findings.subList(0, Math.min(MOST_TOLD, findings.size())))));
    }
  }

  StandingChecks standingChecks() {
    return new StandingChecks(stage, workload);
  }

  @Override
  public void close() {
    watch.close();
  }

  private void write(TopicLog log) {
    Journal.TOPICS.add("fault " + fault + ": " + what);
    log.told().forEach(told -> Journal.TOPICS.add(told.line()));
  }
}

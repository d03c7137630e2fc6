package com.cluedin.jobs.scheduler;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The loops of a scheduler. Each scheduler fires what is due, begins with what is due next shortly
/// before it is, and sleeps until then. The one that leads also carries the outbox to Kafka
/// whenever something was added, and follows what is told of integrations and of jobs that end.
@Component
class SchedulerLoops implements SmartLifecycle {

  private static final Duration LONGEST_TURN = Duration.ofSeconds(30);
  private static final Duration SHORTEST_SLEEP = Duration.ofMillis(5);

  /// Of what is told without a pause. A transaction costs as much for one event as for hundreds.
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(20);

  private final DueSchedules dueSchedules;
  private final DueJobs dueJobs;
  private final Dispatcher dispatcher;
  private final LeaderLease lease;
  private final SchedulerSettings settings;
  private final Admin admin;
  private final Loop firing;
  private final Loop dispatching;
  private final WhileLeading integrations;
  private final WhileLeading jobEnds;
  private boolean topicsInPlace;
  private volatile boolean running;

  SchedulerLoops(
      DueSchedules dueSchedules,
      DueJobs dueJobs,
      Dispatcher dispatcher,
      LeaderLease lease,
      Integrations integrations,
      JobEnds jobEnds,
      WakeUps wakeUps,
      SchedulerSettings settings,
      Admin admin,
      KafkaProperties kafka) {
    this.dueSchedules = dueSchedules;
    this.dueJobs = dueJobs;
    this.dispatcher = dispatcher;
    this.lease = lease;
    this.settings = settings;
    this.admin = admin;
    this.firing = new Loop("firing", wakeUps.schedules(), this::fire, () -> {});
    this.dispatching =
        new Loop("dispatching", wakeUps.outbox(), this::dispatch, dispatcher::stepDown);
    this.integrations =
        new WhileLeading(
            "integrations",
            new Follower(Topics.INTEGRATIONS, "scheduler", kafka, integrations::on));
    this.jobEnds =
        new WhileLeading(
            "job-ends", new Follower(Topics.JOB_EVENTS, "scheduler-job-ends", kafka, jobEnds::on));
  }

  @Override
  public void start() {
    running = true;
    loops().forEach(Loop::start);
  }

  @Override
  public void stop() {
    loops().forEach(Loop::askToStop);
    loops().forEach(Loop::awaitEnd);
    lease.giveBack().onErrorComplete().block(LONGEST_TURN);
    running = false;
  }

  private List<Loop> loops() {
    return List.of(firing, dispatching, integrations.loop, jobEnds.loop);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private Duration fire() {
    int fired = requireNonNull(dueSchedules.fire().block(LONGEST_TURN));
    int queued = requireNonNull(dueJobs.queue().block(LONGEST_TURN));
    if (fired + queued > 0) {
      return Duration.ZERO;
    }
    @Nullable Upcoming next = dueSchedules.upcoming().block(LONGEST_TURN);
    if (next == null || !next.isToBegin()) {
      return untilNext(next == null ? null : next.untilBegin());
    }
    int ahead = requireNonNull(dueSchedules.fireAt(next.due()).block(LONGEST_TURN));
    return ahead > 0
        ? Duration.ZERO
        : untilNext(dueSchedules.until(next.due()).block(LONGEST_TURN));
  }

  /// What is overdue though none of it could be claimed is in another scheduler's hands.
  ///
  /// @param untilFiring null: nothing is ever due
  private Duration untilNext(@Nullable Duration untilFiring) {
    @Nullable Duration untilQueuing = dueJobs.untilNext().block(LONGEST_TURN);
    return Stream.of(settings.longestSleep(), untilFiring, untilQueuing)
        .filter(Objects::nonNull)
        .min(naturalOrder())
        .filter(shortest -> shortest.compareTo(SHORTEST_SLEEP) > 0)
        .orElse(SHORTEST_SLEEP);
  }

  private Duration dispatch() throws InterruptedException, TimeoutException {
    if (!topicsInPlace) {
      Topics.ensure(
          admin,
          LONGEST_TURN,
          List.of(
              Topics.INTEGRATIONS,
              Topics.SCHEDULE_DECISIONS,
              Topics.JOB_EVENTS,
              Topics.JOB_ABANDONMENTS,
              Topics.jobQueue(JobType.DEFAULT_QUEUE)));
      topicsInPlace = true;
    }
    boolean led = lease.isHeld();
    if (!Boolean.TRUE.equals(lease.hold().block(LONGEST_TURN))) {
      dispatcher.stepDown();
      return settings.leaderLease().dividedBy(3);
    }
    if (!led) {
      integrations.wake();
      jobEnds.wake();
    }
    return dispatcher.dispatch() > 0 ? Duration.ZERO : settings.leaderLease().dividedBy(3);
  }

  /// A loop that reads a topic while this scheduler leads.
  private final class WhileLeading {

    private final Follower follower;
    private final Signal woken = new Signal();
    private final Loop loop;

    WhileLeading(String name, Follower follower) {
      this.follower = follower;
      this.loop = new Loop(name, woken, this::follow, follower::stepDown);
    }

    void wake() {
      woken.raise();
    }

    private Duration follow() {
      if (!lease.isHeld()) {
        follower.stepDown();
        return settings.leaderLease().dividedBy(3);
      }
      return follower.follow() ? BETWEEN_BATCHES : Duration.ZERO;
    }
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.scheduler.SimulatedKafka.QueuedRecord;
import java.time.Duration;
import java.util.UUID;

/// Takes one job after the other and runs it. While there are faults it may die or stand still at
/// any step, and what it still sends after a standstill is late.
final class SimulatedAgent {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Simulation simulation;
  private final SimulatedKafka kafka;
  private final Faults faults;
  private final String name;
  private int lives;

  SimulatedAgent(Simulation simulation, SimulatedKafka kafka, Faults faults, String name) {
    this.simulation = simulation;
    this.kafka = kafka;
    this.faults = faults;
    this.name = name;
  }

  void live() {
    kafka
        .take()
        .ifPresentOrElse(
            record -> begin(new Run(record, record.deliveries(), record.attempt())),
            () -> simulation.in(LOOK_AGAIN, this::live));
  }

  private void begin(Run run) {
    if (dies()) {
      return;
    }
    if (kafka.isAbandoned(run.jobId())) {
      end(run, cancelled(run));
      return;
    }
    kafka.send(new JobStarted(run.jobId(), run.attempt(), name + "." + lives, simulation.now()));
    goOn(run, simulation.chance().nextInt(6));
  }

  private void goOn(Run run, int steps) {
    Duration pause =
        faults.strike(30)
            ? simulation.between(Duration.ofSeconds(16), Duration.ofSeconds(90))
            : simulation.between(Duration.ofMillis(100), Duration.ofSeconds(8));
    simulation.in(
        pause,
        () -> {
          boolean late = !kafka.renew(run.record(), run.delivery());
          if (late && simulation.onceIn(2) || dies()) {
            if (late) {
              simulation.soon(this::live); // it noticed, and let the job be
            }
            return;
          }
          if (kafka.isAbandoned(run.jobId())) {
            end(run, cancelled(run));
          } else if (steps == 0 || late) {
            end(run, outcome(run));
          } else {
            kafka.send(new JobProgressed(run.jobId(), run.attempt(), 10 - steps, simulation.now()));
            goOn(run, steps - 1);
          }
        });
  }

  private void end(Run run, RunEvent last) {
    kafka.send(last);
    simulation.soon(() -> {
      if (!dies()) {
        kafka.acknowledge(run.record(), run.delivery());
        simulation.soon(this::live);
      }
    });
  }

  private RunEvent outcome(Run run) {
    return switch (simulation.chance().nextInt(8)) {
      case 0, 1 -> new JobFailed(run.jobId(), run.attempt(), 5, "broken", false, simulation.now());
      case 2 -> new JobFailed(run.jobId(), run.attempt(), 5, "closed", true, simulation.now());
      default -> new JobCompleted(run.jobId(), run.attempt(), 10, simulation.now());
    };
  }

  private RunEvent cancelled(Run run) {
    return new JobCancelled(run.jobId(), run.attempt(), 3, "abandoned", name, simulation.now());
  }

  /// Whoever dies comes back under another name, and knows nothing of its job.
  private boolean dies() {
    boolean dead = faults.strike(25);
    if (dead) {
      lives++;
      simulation.in(simulation.between(Duration.ofSeconds(1), Duration.ofSeconds(30)), this::live);
    }
    return dead;
  }

  private record Run(QueuedRecord record, int delivery, int attempt) {

    UUID jobId() {
      return record.job().jobId();
    }
  }
}

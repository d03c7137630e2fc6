package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The topics in the order of the log, the transactional producer of the outbox, and the share
/// group that hands out jobs.
final class SimulatedKafka {

  static final Duration LEASE = Duration.ofSeconds(15);

  private final Simulation simulation;
  private final List<Heard> log = new ArrayList<>();
  private final List<RunEvent> jobEvents = new ArrayList<>();
  private final List<OccurrenceDecided> decisions = new ArrayList<>();
  private final List<QueuedRecord> queue = new ArrayList<>();
  private final Set<UUID> abandoned = new HashSet<>();
  private Collection<Long> lastSent = List.of();
  private int producerEpoch;

  SimulatedKafka(Simulation simulation) {
    this.simulation = simulation;
  }

  /// An event and when the log took it.
  record Heard(Event event, Instant at) {}

  List<Heard> log() {
    return log;
  }

  List<RunEvent> jobEvents() {
    return jobEvents;
  }

  List<OccurrenceDecided> decisions() {
    return decisions;
  }

  boolean isAbandoned(UUID jobId) {
    return abandoned.contains(jobId);
  }

  /// Fences whoever sent the outbox before; gives the ids of the last batch.
  Collection<Long> newEpoch() {
    producerEpoch++;
    return lastSent;
  }

  int epoch() {
    return producerEpoch;
  }

  /// One transaction: the events and the list of their ids.
  ///
  /// @return false when the sender is fenced
  boolean commit(int epoch, Collection<Long> ids, Collection<Event> events) {
    if (epoch != producerEpoch) {
      return false;
    }
    events.forEach(this::send);
    lastSent = ids;
    return true;
  }

  void send(Event event) {
    log.add(new Heard(event, simulation.now()));
    switch (event) {
      case JobQueued job -> queue.add(new QueuedRecord(job));
      case RunEvent told -> jobEvents.add(told);
      case JobAbandonRequested request -> abandoned.add(request.jobId());
      case OccurrenceDecided decided -> decisions.add(decided);
      default -> throw new IllegalArgumentException(String.valueOf(event));
    }
  }

  /// Hands out a job that nobody has, if there is one.
  Optional<QueuedRecord> take() {
    lapse();
    Optional<QueuedRecord> free = queue.stream().filter(record -> !record.locked).findFirst();
    free.ifPresent(record -> {
      record.locked = true;
      record.deliveries++;
      record.lockedUntil = simulation.now().plus(LEASE);
    });
    return free;
  }

  /// @return false when the lock was lost before
  boolean renew(QueuedRecord record, int delivery) {
    lapse();
    boolean ours = queue.contains(record) && record.locked && record.deliveries == delivery;
    if (ours) {
      record.lockedUntil = simulation.now().plus(LEASE);
    }
    return ours;
  }

  void acknowledge(QueuedRecord record, int delivery) {
    if (renew(record, delivery)) {
      queue.remove(record);
    }
  }

  boolean isIdle() {
    lapse();
    return queue.isEmpty();
  }

  /// Locks that ran out let the job go to another, or to the dead letters when it went to too many,
  /// where the tracker fails it.
  private void lapse() {
    for (QueuedRecord record : List.copyOf(queue)) {
      if (record.locked && record.lockedUntil.isBefore(simulation.now())) {
        record.locked = false;
        if (record.deliveries == JobEvent.MOST_DELIVERIES) {
          queue.remove(record);
          send(
              new JobFailed(
                  record.job.jobId(), record.attempt(), 0, "spent", true, simulation.now()));
        }
      }
    }
  }

  /// A job on its queue.
  static final class QueuedRecord {

    private final JobQueued job;
    private boolean locked;
    private int deliveries;
    private Instant lockedUntil = Instant.MIN;

    private QueuedRecord(JobQueued job) {
      this.job = job;
    }

    JobQueued job() {
      return job;
    }

    int deliveries() {
      return deliveries;
    }

    int attempt() {
      return job.attempt() + deliveries - 1;
    }
  }
}

package com.cluedin.jobs.agent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Jobs that were handed out together, from their lease to their acknowledgement. Each is run by
/// itself, told of as it goes, and acknowledged as soon as Kafka has how it ended; those that are
/// ready at the same time are acknowledged together.
final class Batch {

  private static final Logger log = LoggerFactory.getLogger(Batch.class);
  private static final Duration LONGEST_TICK = Duration.ofMillis(500);

  private final Deliveries deliveries;
  private final Runs runs;
  private final RunEvents events;
  private final UnreadableJobs unreadable;
  private final Places places;
  private final Duration third;
  private final Semaphore news = new Semaphore(0);
  private final Map<ConsumerRecord<String, Message>, Course> courses = new LinkedHashMap<>();
  private final Map<ConsumerRecord<String, Message>, AcknowledgeType> settled = new HashMap<>();
  private boolean refused;

  /// @param places of which each job occupies one already, and leaves it when it is settled and its
  ///   crawler has returned
  Batch(
      Deliveries deliveries,
      Runs runs,
      RunEvents events,
      UnreadableJobs unreadable,
      Places places) {
    this.deliveries = deliveries;
    this.runs = runs;
    this.events = events;
    this.unreadable = unreadable;
    this.places = places;
    this.third = deliveries.third();
  }

  /// A run, and whether Kafka has its end, once that was sent.
  private static final class Course {

    private final Run run;
    private @Nullable CompletableFuture<Void> end;

    Course(Run run) {
      this.run = run;
    }
  }

  /// Returns when all are settled.
  ///
  /// The lease begins with a renewal, so that its end is known and records that lay too long
  /// somewhere on their way are noticed before anything is said of them. A send may take a while to
  /// begin, so the lease is looked at before each.
  ///
  /// @return whether Kafka took how each ended; what it did not is run again
  /// @throws LeaseLost when another agent may have them; what runs is interrupted then, as after
  ///   any other failure
  boolean conduct() throws LeaseLost, InterruptedException {
    long tick = Math.min(LONGEST_TICK.toNanos(), third.toNanos() / 2);
    try {
      deliveries.renew();
      for (ConsumerRecord<String, Message> record : deliveries.held()) {
        begin(record);
      }
      settle();
      while (!courses.isEmpty()) {
        if (news.tryAcquire(tick, NANOSECONDS)) {
          news.drainPermits();
        }
        for (Map.Entry<ConsumerRecord<String, Message>, Course> each : courses.entrySet()) {
          follow(each.getKey(), each.getValue());
        }
        settle();
      }
      return !refused;
    } finally {
      deliveries.held().forEach(this::leave);
    }
  }

  private void begin(ConsumerRecord<String, Message> record) throws LeaseLost {
    if (record.value() instanceof JobQueued job) {
      Run run = runs.take(job, record.deliveryCount().map(Short::intValue).orElse(1));
      courses.put(record, new Course(run));
      run.whenOver(news::release);
      if (runs.begin(run)) {
        send(run.started());
      }
    } else {
      unreadable.pass(record);
      settled.put(record, AcknowledgeType.ACCEPT);
    }
  }

  private void follow(ConsumerRecord<String, Message> record, Course course) throws LeaseLost {
    deliveries.renewWhenDue();
    Run run = course.run;
    @Nullable Outcome outcome = run.outcome();
    if (outcome == null) {
      sendIfAny(run.cancelling());
      sendIfAny(run.report(third));
    } else if (course.end == null) {
      end(record, course, outcome);
    } else if (course.end.isDone()) {
      boolean told = !course.end.isCompletedExceptionally();
      refused |= !told;
      settled.put(record, told ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
    }
  }

  private void end(ConsumerRecord<String, Message> record, Course course, Outcome outcome)
      throws LeaseLost {
    Level level = outcome instanceof Outcome.Completed ? Level.DEBUG : Level.INFO;
    log.atLevel(level).log("{}: {}", course.run, outcome);
    @Nullable RunEvent end = course.run.ended(outcome);
    if (end == null) {
      settled.put(record, AcknowledgeType.RELEASE);
    } else {
      sendIfAny(course.run.cancelling());
      course.end = send(end);
      course.end.whenComplete((_, _) -> news.release());
    }
  }

  private void sendIfAny(Optional<? extends RunEvent> event) throws LeaseLost {
    if (event.isPresent()) {
      send(event.get());
    }
  }

  private CompletableFuture<Void> send(RunEvent event) throws LeaseLost {
    deliveries.renewWhenDue();
    return events.send(event);
  }

  private void settle() throws LeaseLost {
    if (!settled.isEmpty()) {
      deliveries.settle(settled);
      settled.keySet().forEach(this::leave);
      settled.clear();
    }
  }

  private void leave(ConsumerRecord<String, Message> record) {
    @Nullable Course course = courses.remove(record);
    if (course == null) {
      places.leave(1);
    } else {
      runs.forget(course.run);
      course.run.whenWound(() -> places.leave(1));
    }
  }
}

package com.cluedin.jobs.agent;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes jobs from their queues and runs them with a crawler, until it is closed.
///
/// It outlives absences of Kafka: it tries again until it is closed. What runs meanwhile goes on
/// until its lease is over and is then interrupted, as another agent may have the job by then.
public final class Agent implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration IDLE_SLOTS_LEAVE = Duration.ofSeconds(1);
  private static final Duration AWAKEN_EVERY = Duration.ofMillis(10);
  private static final Duration WIND_UP = Duration.ofSeconds(10);

  private final AgentSettings settings;
  private final Runs runs = new Runs();
  private final UnreadableJobs unreadable = new UnreadableJobs();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final RunEvents events;
  private final Abandonments abandonments;
  private @Nullable Thread abandonmentReader;
  private volatile boolean drained;

  private Agent(AgentSettings settings, KafkaClients clients, Crawler crawler) {
    this.settings = settings;
    this.abandonments = new Abandonments(clients.abandonments(), runs::abandon);
    this.events = new RunEvents(clients.events());
    for (int i = 0; i < settings.jobsAtOnce(); i++) {
      slots.add(
          new Slot(
              settings, clients::jobs, crawler, runs, events, unreadable, InstantSource.system()));
    }
  }

  /// Starts an agent: puts topics and group in place, reads who is abandoned, then takes jobs.
  /// Returns when it does. Its threads keep the JVM alive until it is closed.
  ///
  /// @throws IllegalStateException when it cannot start: Kafka does not answer within a minute, or
  ///   refuses
  public static Agent start(AgentSettings settings, Crawler crawler) {
    KafkaClients clients = new KafkaClients(settings);
    try (Admin admin = clients.admin()) {
      new HandOut(admin, START_TIMEOUT).prepare(settings);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "no answer from Kafka at " + settings.kafka().get("bootstrap.servers"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
    Agent agent = new Agent(settings, clients, crawler);
    agent.begin();
    return agent;
  }

  /// How many jobs it runs now.
  public int running() {
    return runs.size();
  }

  /// How many records it passed over because they were no jobs.
  public long unreadable() {
    return unreadable.count();
  }

  /// It takes jobs as far as it is concerned: it is neither closed nor broken.
  public boolean takesJobs() {
    return !drained && alive();
  }

  /// None of its threads ended before it was closed.
  public boolean alive() {
    return drained
        || abandonmentReader != null
            && abandonmentReader.isAlive()
            && threads.stream().allMatch(Thread::isAlive);
  }

  /// Drains for as long as the settings say.
  @Override
  public void close() {
    drain(settings.drainTimeout());
  }

  /// Ends the agent: it takes no further job, lets those that run go on for a while with their
  /// leases kept, then interrupts the rest and gives them back, so that others run them at once.
  /// The second call does nothing.
  ///
  /// @param timeout how long jobs may go on, 0 or more
  public synchronized void drain(Duration timeout) {
    if (drained) {
      return;
    }
    drained = true;
    log.info("{} drains, {} jobs run", settings.name(), runs.size());
    slots.forEach(Slot::stop);
    try {
      if (!joined(timeout)) {
        awaitIdleSlots();
        runs.release();
        if (!joined(WIND_UP)) {
          log.warn("{} could not give back all its jobs; their leases will end", settings.name());
        }
      }
    } catch (InterruptedException e) {
      runs.release();
      Thread.currentThread().interrupt();
    }
    abandonments.stop();
    events.close();
    log.info("{} is closed", settings.name());
  }

  private void begin() {
    try {
      abandonments.readAll(START_TIMEOUT);
    } catch (RuntimeException e) {
      abandonments.stop();
      abandonments.run();
      events.close();
      throw new IllegalStateException("abandonments cannot be read", e);
    }
    abandonmentReader =
        Thread.ofPlatform().name(settings.name() + "-abandonments").daemon().start(abandonments);
    Thread.ofPlatform().name(settings.name() + "-waker").daemon().start(this::awakenSlots);
    for (int i = 0; i < slots.size(); i++) {
      threads.add(Thread.ofPlatform().name(settings.name() + "-" + (i + 1)).start(slots.get(i)));
    }
    log.info("{} takes jobs of {}, {} at once", settings.name(), settings.queues(), slots.size());
  }

  private void awakenSlots() {
    try {
      while (!drained) {
        slots.forEach(Slot::awaken);
        Thread.sleep(AWAKEN_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is given back must not come to a slot that is about to leave.
  private void awaitIdleSlots() throws InterruptedException {
    long deadline = System.nanoTime() + IDLE_SLOTS_LEAVE.toNanos();
    while (threads.stream().filter(Thread::isAlive).count() > runs.size()
        && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
  }

  private boolean joined(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (Thread thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }
}

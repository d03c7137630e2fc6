package com.cluedin.jobs.agent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
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
  private static final Duration ATTENDED_EVERY = Duration.ofMillis(10);
  private static final Duration WIND_UP = Duration.ofSeconds(10);

  private final AgentSettings settings;
  private final UnreadableJobs unreadable = new UnreadableJobs();
  private final CrawlerThreads crawlers;
  private final ExecutorService batches;
  private final Runs runs;
  private final RunEvents events;
  private final Abandonments abandonments;
  private final List<Taker> takers;
  private final List<Thread> takerThreads = new ArrayList<>();
  private @Nullable Thread abandonmentReader;
  private volatile boolean drained;

  private Agent(AgentSettings settings, KafkaClients clients, Crawler crawler) {
    this.settings = settings;
    this.crawlers = new CrawlerThreads(settings.jobsAtOnce(), System::nanoTime);
    this.batches =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().name(settings.name() + "-batch-", 1).factory());
    this.runs = new Runs(settings.name(), crawler, crawlers, InstantSource.system());
    this.abandonments = new Abandonments(clients.abandonments(), runs::abandon);
    this.events = new RunEvents(clients.events());
    List<List<String>> shares = shares(settings);
    Places places = new Places(settings.jobsAtOnce(), shares.size());
    this.takers =
        shares.stream()
            .map(topics ->
                new Taker(
                    settings,
                    Taker.LONGEST_PAUSE,
                    places,
                    new JobConsumers(
                        settings.jobsAtOnce(),
                        size -> new JobConsumer(size, clients.jobs(topics, size))),
                    batches,
                    deliveries -> new Batch(deliveries, runs, events, unreadable, places)))
            .toList();
  }

  /// The queues, each by itself where there are places enough: of several a group gives a member
  /// some (Kafka 4.4), and one that waits for another would not see their jobs.
  private static List<List<String>> shares(AgentSettings settings) {
    List<String> topics = settings.topics();
    int count = Math.min(topics.size(), settings.jobsAtOnce());
    return IntStream.range(0, count)
        .mapToObj(i ->
            IntStream.iterate(i, n -> n < topics.size(), n -> n + count)
                .mapToObj(topics::get)
                .toList())
        .toList();
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
        || !takerThreads.isEmpty()
            && takerThreads.stream().allMatch(Thread::isAlive)
            && abandonmentReader != null
            && abandonmentReader.isAlive();
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
    takers.forEach(Taker::stop);
    boolean interrupted = false;
    try {
      awaitTakers();
      batches.shutdown();
      if (!batches.awaitTermination(timeout.toNanos(), NANOSECONDS)) {
        runs.release();
        if (!batches.awaitTermination(WIND_UP.toNanos(), NANOSECONDS)) {
          log.warn("{} could not give back all its jobs; their leases will end", settings.name());
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
      runs.release();
      batches.shutdown();
    }
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      takers.forEach(taker -> taker.close(closing));
    }
    abandonments.stop();
    events.close();
    crawlers.close();
    log.info("{} is closed", settings.name());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
    Thread.ofPlatform().name(settings.name() + "-attendant").daemon().start(this::attend);
    for (Taker taker : takers) {
      takerThreads.add(Thread.ofPlatform().name(settings.name() + "-taker").start(taker));
    }
    log.info(
        "{} takes jobs of {}, {} at once",
        settings.name(),
        settings.queues(),
        settings.jobsAtOnce());
  }

  private void attend() {
    try {
      while (!crawlers.isClosed()) {
        try {
          takers.forEach(Taker::awaken);
          crawlers.adapt();
        } catch (RuntimeException | Error e) { // of threads that could not be made, for example
          log.warn("{} goes on with what it has", settings.name(), e);
        }
        Thread.sleep(ATTENDED_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is given back must not come to one who is about to leave.
  private void awaitTakers() throws InterruptedException {
    for (Thread thread : takerThreads) {
      if (!thread.join(WIND_UP)) {
        log.warn("{} still waits for jobs", settings.name());
      }
    }
  }
}

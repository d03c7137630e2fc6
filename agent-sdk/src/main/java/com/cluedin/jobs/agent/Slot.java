package com.cluedin.jobs.agent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Room for one job: takes a job when it is free, keeps its lease while its crawler runs, tells how
/// it went, acknowledges it, and takes the next.
///
/// Each slot has a share consumer of its own. A consumer that renews one record is given no other
/// until that one is done, so jobs that shared a consumer would wait for the longest of them; and
/// so a busy slot takes nothing from those who are free.
final class Slot implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Slot.class);
  private static final Duration LONGEST_TICK = Duration.ofMillis(500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final AgentSettings settings;
  private final Supplier<ShareConsumer<String, Message>> consumers;
  private final Crawler crawler;
  private final Runs runs;
  private final RunEvents events;
  private final UnreadableJobs unreadable;
  private final InstantSource clock;
  private final Backoff backoff = new Backoff();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable NextJob nextJob;
  private @Nullable Run last;

  Slot(
      AgentSettings settings,
      Supplier<ShareConsumer<String, Message>> consumers,
      Crawler crawler,
      Runs runs,
      RunEvents events,
      UnreadableJobs unreadable,
      InstantSource clock) {
    this.settings = settings;
    this.consumers = consumers;
    this.crawler = crawler;
    this.runs = runs;
    this.events = events;
    this.unreadable = unreadable;
    this.clock = clock;
  }

  /// Lets it take no further job.
  void stop() {
    stopped.countDown();
    NextJob waiting = nextJob;
    if (waiting != null) {
      waiting.giveUp();
    }
  }

  /// Keeps it waiting well while it waits; to be called often, from any thread.
  void awaken() {
    NextJob waiting = nextJob;
    if (waiting != null) {
      waiting.awaken();
    }
  }

  @Override
  public void run() {
    while (!isStopped()) {
      try {
        awaitLastCrawler();
        takeJobs();
      } catch (LeaseLost e) {
        log.warn("{}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Throwable t) {
        log.warn("a slot of {} failed and starts again", settings.name(), t);
        pause(backoff.next());
      }
    }
  }

  /// After any failure the consumer is replaced: what it still holds is unknown. A record taken in
  /// the moment of stopping goes back when it is closed.
  private void takeJobs() throws LeaseLost, InterruptedException, ExecutionException {
    ShareConsumer<String, Message> consumer = consumers.get();
    NextJob waiting = new NextJob(consumer);
    nextJob = waiting;
    try {
      consumer.subscribe(settings.topics());
      while (!isStopped()) {
        awaitLastCrawler();
        @Nullable ConsumerRecord<String, Message> record = waiting.await();
        if (record != null && !isStopped()) {
          handle(new Delivery(consumer, record, settings.lease()));
          backoff.reset();
        }
      }
    } finally {
      nextJob = null;
      consumer.close(CLOSE_TIMEOUT);
    }
  }

  private void handle(Delivery delivery)
      throws LeaseLost, InterruptedException, ExecutionException {
    if (delivery.record().value() instanceof JobQueued job) {
      Run run = new Run(settings.name(), job, delivery.count(), crawler, clock);
      last = run;
      try {
        conduct(run, delivery);
      } finally {
        run.end(new Outcome.Fenced());
        runs.forget(run);
      }
    } else {
      unreadable.pass(delivery.record());
      delivery.accept();
    }
  }

  /// The lease begins with a renewal, so that its end is known and a record that lay too long
  /// somewhere on its way is noticed before anything is said of it.
  private void conduct(Run run, Delivery delivery)
      throws LeaseLost, InterruptedException, ExecutionException {
    delivery.renew();
    if (runs.begin(run)) {
      events.send(run.started());
    }
    Outcome outcome = await(run.outcome(), run, delivery);
    @Nullable RunEvent end = run.ended(outcome);
    if (end == null) {
      delivery.release();
    } else {
      delivery.renewWhenOver();
      run.cancelling().ifPresent(events::send);
      await(events.send(end), run, delivery);
      delivery.accept();
    }
    log.info("{}: {}", run, outcome);
  }

  private <T> T await(Future<T> future, Run run, Delivery delivery)
      throws LeaseLost, InterruptedException, ExecutionException {
    Duration third = delivery.lease().dividedBy(3);
    long tick = Math.min(LONGEST_TICK.toNanos(), third.toNanos() / 2);
    while (true) {
      try {
        return future.get(tick, NANOSECONDS);
      } catch (TimeoutException e) {
        delivery.renewWhenDue();
        if (!run.outcome().isDone()) {
          run.cancelling().ifPresent(events::send);
          run.report(third).ifPresent(events::send);
        }
      }
    }
  }

  /// A crawler that goes on after its run has ended occupies the slot until it returns.
  private void awaitLastCrawler() throws InterruptedException {
    while (last != null && !isStopped() && !last.wound(LONGEST_TICK)) {
      log.trace("{} has ended, its crawler has not", last);
    }
  }

  private void pause(Duration pause) {
    try {
      if (stopped.await(pause.toNanos(), NANOSECONDS)) {
        log.debug("stopped while waiting to try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }
}

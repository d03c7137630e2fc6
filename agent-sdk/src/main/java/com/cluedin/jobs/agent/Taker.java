package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes jobs of a queue whenever there is room, as many as there is room for and no more, and has
/// them conducted beside it.
///
/// One consumer waits at a time. The client gives a consumer that renews a record no other until
/// that one is done; so who has taken jobs sees them to their end, and another one waits for as
/// many as the places left can take.
///
/// Where many jobs come at once, more are about to come, and taking them costs the same for many as
/// for one. So it takes no more until these have ended, or {@link #LONGEST_PAUSE} has passed.
final class Taker implements Runnable {

  static final int MANY = 8;
  static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private static final Logger log = LoggerFactory.getLogger(Taker.class);

  private final AgentSettings settings;
  private final Duration longestPause;
  private final Places places;
  private final JobConsumers consumers;
  private final Executor batches;
  private final Function<Deliveries, Batch> newBatch;
  private final Backoff backoff = new Backoff();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private CountDownLatch newestEnded = new CountDownLatch(0);
  private volatile @Nullable JobConsumer waiting;
  private volatile boolean failed;

  /// @param longestPause after many jobs at once, {@link #LONGEST_PAUSE} but for tests
  /// @param batches where jobs are conducted
  Taker(
      AgentSettings settings,
      Duration longestPause,
      Places places,
      JobConsumers consumers,
      Executor batches,
      Function<Deliveries, Batch> newBatch) {
    this.settings = settings;
    this.longestPause = longestPause;
    this.places = places;
    this.consumers = consumers;
    this.batches = batches;
    this.newBatch = newBatch;
  }

  /// Lets it take no further job.
  void stop() {
    stopped.countDown();
    places.close();
    JobConsumer waits = waiting;
    if (waits != null) {
      waits.giveUp();
    }
  }

  /// Closes what waits for nothing any more. To be called when its thread has ended.
  void close(Executor closing) {
    consumers.giveUp().forEach(consumer -> closing.execute(consumer::close));
  }

  /// Keeps it waiting well while it waits; to be called often, from any thread.
  void awaken() {
    JobConsumer waits = waiting;
    if (waits != null) {
      waits.awaken();
    }
  }

  @Override
  public void run() {
    try {
      while (!isStopped()) {
        try {
          take();
        } catch (RuntimeException | Error e) {
          failed = true;
          log.warn("{} could not take jobs and tries again", settings.name(), e);
        }
        pauseAfterFailure();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take() throws InterruptedException {
    int reserved = places.reserve();
    if (reserved > 0) {
      int kept = 0;
      try {
        JobConsumer consumer = consumers.take(reserved);
        places.leave(reserved - consumer.size());
        reserved = consumer.size();
        kept = take(consumer);
      } finally {
        places.waitsNoMore();
        places.leave(reserved - kept);
      }
      if (kept >= MANY) {
        boolean _ = newestEnded.await(longestPause.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  /// @return how many jobs were taken, each of which has a place to leave
  private int take(JobConsumer consumer) {
    boolean handedOver = false;
    try {
      List<ConsumerRecord<String, Message>> records = await(consumer);
      if (!records.isEmpty()) {
        Batch batch =
            newBatch.apply(new Deliveries(consumer.consumer(), records, settings.lease()));
        CountDownLatch ended = new CountDownLatch(1);
        batches.execute(() -> {
          try {
            conduct(consumer, batch);
          } finally {
            ended.countDown();
          }
        });
        newestEnded = ended;
        handedOver = true;
      }
      return records.size();
    } finally {
      waiting = null;
      if (!handedOver) {
        close(consumer);
      }
    }
  }

  /// What is taken in the moment of stopping goes back when the consumer is closed.
  private List<ConsumerRecord<String, Message>> await(JobConsumer consumer) {
    waiting = consumer;
    List<ConsumerRecord<String, Message>> records = List.of();
    while (records.isEmpty() && !isStopped()) {
      records = consumer.await();
    }
    return isStopped() ? List.of() : records;
  }

  /// After any failure the consumer is closed: what it still holds is unknown.
  @SuppressWarnings("CatchingUnchecked")
  private void conduct(JobConsumer consumer, Batch batch) {
    try {
      if (batch.conduct()) {
        backoff.reset();
      } else {
        failed = true;
      }
      consumers.giveBack(consumer);
    } catch (InterruptedException e) {
      close(consumer);
      Thread.currentThread().interrupt();
    } catch (LeaseLost e) {
      log.warn("{}", e.getMessage());
      close(consumer);
    } catch (Throwable t) {
      failed = true;
      log.warn("{} failed with jobs it had taken", settings.name(), t);
      close(consumer);
    }
  }

  private void close(JobConsumer consumer) {
    consumers.forget(consumer);
    consumer.close();
  }

  private void pauseAfterFailure() throws InterruptedException {
    if (failed) {
      failed = false;
      boolean _ = stopped.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }
}

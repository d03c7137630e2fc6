package com.cluedin.jobs.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When jobs are taken from a real broker.
class TakerIT {

  private static final int PLACES = 64;

  /// Far longer than a busy machine takes for jobs that end at once.
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService attendant = Executors.newSingleThreadScheduledExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private Stage stage;
  private Taker taker;
  private Runs runs;
  private RunEvents events;

  private record Taken(int jobs, long at) {}

  @BeforeEach
  void take() throws Exception {
    stage = new Stage();
    AgentSettings settings = stage.settings("taker").withJobsAtOnce(PLACES);
    KafkaClients clients = new KafkaClients(settings);
    try (Admin admin = clients.admin()) {
      new HandOut(admin, Stage.SOON).prepare(settings);
    }
    runs = new Runs("taker", _ -> end.await(), threads, InstantSource.system());
    events = new RunEvents(clients.events());
    Places places = new Places(PLACES, 1);
    taker =
        new Taker(
            settings,
            PAUSE,
            places,
            new JobConsumers(
                PLACES, size -> new JobConsumer(size, clients.jobs(settings.topics(), size))),
            threads,
            deliveries -> {
              taken.add(new Taken(deliveries.held().size(), System.nanoTime()));
              return new Batch(deliveries, runs, events, new UnreadableJobs(), places);
            });
    threads.execute(taker);
    attendant.scheduleWithFixedDelay(taker::awaken, 10, 10, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    end.countDown();
    attendant.close();
    taker.stop();
    runs.release();
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    taker.close(Runnable::run);
    events.close();
    stage.close();
  }

  @Test
  void whereManyCameItTakesNoMoreForAWhile() throws Exception {
    assertThat(takeOneAfter(Taker.MANY)).isGreaterThanOrEqualTo(PAUSE);
  }

  @Test
  void whereTheyHaveEndedItTakesMoreAtOnce() throws Exception {
    end.countDown();
    assertThat(takeOneAfter(Taker.MANY)).isLessThan(PAUSE);
  }

  @Test
  void whereFewCameItTakesMoreAtOnce() throws Exception {
    assertThat(takeOneAfter(Taker.MANY - 1)).isLessThan(PAUSE);
  }

  /// How long after so many jobs one more is taken that was queued as soon as they were.
  private Duration takeOneAfter(int jobs) throws Exception {
    stage.queue(jobs);
    Taken before = next();
    assertThat(before.jobs()).isEqualTo(jobs);
    stage.queue();
    return Duration.ofNanos(next().at() - before.at());
  }

  private Taken next() throws InterruptedException {
    @Nullable Taken next = taken.poll(Stage.SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}

package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.model.Event;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;

/// Events that come in at a steady rate.
final class EventStream implements AutoCloseable {

  private static final int TURNS_A_SECOND = 20;

  private final Producer<String, Event> producer;
  private final int jobsOfATurn;
  private final Thread thread;
  private final long began = System.nanoTime();
  private volatile long sent;
  private volatile boolean running = true;

  private EventStream(Installation on, int aSecond) {
    producer = on.producer(Map.of());
    jobsOfATurn = aSecond / TURNS_A_SECOND / Lives.EVENTS;
    thread = Thread.ofPlatform().name("event-stream").start(this::run);
  }

  /// @param aSecond how many events
  static EventStream begin(Installation on, int aSecond) throws Exception {
    on.makeQueue(Lives.QUEUE);
    return new EventStream(on, aSecond);
  }

  /// How many a second were sent so far.
  double rate() {
    return sent / ((System.nanoTime() - began) / 1e9);
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.join();
    producer.close();
  }

  private void run() {
    Lives lives = new Lives();
    for (long turn = 0; running; turn++) {
      long at = began + turn * TimeUnit.SECONDS.toNanos(1) / TURNS_A_SECOND;
      LockSupport.parkNanos(at - System.nanoTime());
      lives.of(jobsOfATurn).forEach(producer::send);
      sent += (long) jobsOfATurn * Lives.EVENTS;
    }
  }
}

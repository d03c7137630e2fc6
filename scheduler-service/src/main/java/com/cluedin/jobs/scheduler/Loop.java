package com.cluedin.jobs.scheduler;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does its turn again and again, sleeping in between for as long as the turn says or
/// until its signal is raised. A turn that fails is tried again: nothing ends the loop but {@link
/// #askToStop}.
final class Loop {

  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration AFTER_A_FAULT = Duration.ofMillis(500);
  private static final Duration LAST_TURN = Duration.ofSeconds(20);

  private final Signal signal;
  private final Turn turn;
  private final Runnable clearUp;
  private final Thread thread;
  private volatile boolean running = true;
  private @Nullable String lastFault;

  /// @param clearUp what to do after a fault and at the end, on the loop's thread
  Loop(String name, Signal signal, Turn turn, Runnable clearUp) {
    this.signal = signal;
    this.turn = turn;
    this.clearUp = clearUp;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// The turn under way is its last.
  void askToStop() {
    running = false;
    signal.raise();
  }

  /// Waits for the turn under way, but not for ever.
  void awaitEnd() {
    try {
      thread.join(LAST_TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    takeTurns();
    clearUp();
  }

  private void takeTurns() {
    while (running) {
      try {
        Duration sleep = turn.take();
        lastFault = null;
        if (sleep.isPositive()) {
          signal.await(sleep);
        }
      } catch (InterruptedException e) {
        return;
      } catch (Throwable fault) { // Errors too: a loop that ended would be missed by nobody
        tellOnce(fault);
        clearUp();
        pause();
      }
    }
  }

  private void clearUp() {
    try {
      clearUp.run();
    } catch (RuntimeException e) {
      log.warn("{}: not cleared up", thread.getName(), e);
    }
  }

  private void tellOnce(Throwable fault) {
    String told = fault.toString();
    if (running && !told.equals(lastFault)) {
      log.warn("{}: trying again until it works", thread.getName(), fault);
      lastFault = told;
    }
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_A_FAULT);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  /// One turn; says how long to sleep after it, zero for not at all.
  @FunctionalInterface
  interface Turn {
    Duration take() throws InterruptedException, TimeoutException;
  }
}

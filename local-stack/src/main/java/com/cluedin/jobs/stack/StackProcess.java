package com.cluedin.jobs.stack;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One process of the stack, which can be treated as badly as a real one.
///
/// It keeps its ports and its data over {@link #kill}, {@link #stop} and {@link #restart}. Ended by
/// these it stays ended; has it ended by itself, the stack starts it again, unless it was started
/// {@link #beginAs as something else}.
public final class StackProcess {

  /// How such a process is started, and how one sees that it serves.
  interface Launch {
    /// @param more of the environment, for this start
    ChildProcess start(Map<String, String> more);

    /// Waits until it serves.
    ///
    /// @throws StackException when it ends first, or takes too long
    void awaitReady(ChildProcess child);
  }

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONG_LIFE = Duration.ofMinutes(1);

  private final String name;
  private final URI address;
  private final Launch launch;
  private volatile @Nullable ChildProcess child;
  private volatile boolean suspended;
  private volatile @Nullable Consumer<String> keeper;
  private Consumer<ProcessHandle> begun = _ -> {};
  private volatile boolean wanted = true;
  private final AtomicInteger endedInARow = new AtomicInteger();

  /// Not yet started.
  StackProcess(String name, URI address, Launch launch) {
    this.name = name;
    this.address = address;
    this.launch = launch;
  }

  public String name() {
    return name;
  }

  /// Where it serves; of agents, where their health is told.
  public URI address() {
    return address;
  }

  public long pid() {
    return child().handle().pid();
  }

  public boolean isAlive() {
    ChildProcess current = child;
    return current != null && current.isAlive();
  }

  /// Waits until it serves.
  ///
  /// @throws StackException when it ends first, or takes longer than a minute or two
  public void awaitReady() {
    launch.awaitReady(child());
  }

  /// Ends it at once, as a crash would (SIGKILL).
  public void kill() {
    unwanted();
    if (isAlive()) {
      child().kill();
    }
  }

  /// Asks it to end (SIGTERM) and waits; kills it when it takes longer than 20 s.
  public void stop() {
    stop(PATIENCE);
  }

  void stop(Duration patience) {
    unwanted();
    if (suspended) {
      resume();
    }
    if (isAlive()) {
      child().stop(patience);
    }
  }

  /// Starts it again, after stopping it when it runs, and waits until it serves.
  public void restart() {
    if (isAlive()) {
      stop();
    }
    begin();
    awaitReady();
  }

  /// Lets it stand still (SIGSTOP), with all that it holds.
  public void suspend() {
    suspended = true;
    child().signal("STOP");
  }

  /// Lets it go on (SIGCONT).
  public void resume() {
    child().signal("CONT");
    suspended = false;
  }

  /// From now on it is started again when it ends by itself, each time after a longer pause.
  ///
  /// @param told what happens, in sentences
  void keep(Consumer<String> told) {
    keeper = told;
    if (!isAlive()) {
      watch(child());
    }
  }

  void whenBegun(Consumer<ProcessHandle> then) {
    begun = then;
  }

  private void watch(ChildProcess watched) {
    long since = System.nanoTime();
    watched.whenEnded(() -> {
      Consumer<String> told = keeper;
      if (told != null && !watched.isStopping() && wanted) {
        if (System.nanoTime() - since > LONG_LIFE.toNanos()) {
          endedInARow.set(0);
        }
        told.accept(
            "%s ended (exit code %d); its log is %s"
                .formatted(name, watched.exitCode(), watched.log().file()));
        startAgain(told);
      }
    });
  }

  private void startAgain(Consumer<String> told) {
    try {
      boolean begun = false;
      while (!begun) {
        Duration pause = pause();
        told.accept("%s is started again in %d s".formatted(name, pause.toSeconds()));
        Thread.sleep(pause);
        begun = beginAgain(told);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Should it end again, that is told of and dealt with where its end is heard of.
  ///
  /// @return false when it could not even begin
  private boolean beginAgain(Consumer<String> told) {
    try {
      if (!beginIfWanted()) {
        return true;
      }
    } catch (StackException e) {
      told.accept(String.valueOf(e.getMessage()));
      return false;
    }
    try {
      awaitReady();
      told.accept(name + " is back");
    } catch (StackException e) {
      if (isAlive()) {
        told.accept(String.valueOf(e.getMessage()));
      }
    }
    return true;
  }

  private Duration pause() {
    Duration pause = Duration.ofSeconds(1L << Math.min(endedInARow.getAndIncrement(), 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /// Starts it, without waiting. It must not run.
  public void begin() {
    begin(Map.of(), true);
  }

  /// Starts it with more environment for this once, without waiting. It must not run. Should it end
  /// by itself, it stays ended; the next start is as always.
  public void beginAs(Map<String, String> more) {
    begin(more, false);
  }

  private synchronized void begin(Map<String, String> more, boolean keptAlive) {
    wanted = keptAlive;
    suspended = false;
    ChildProcess next = launch.start(more);
    child = next;
    begun.accept(next.handle());
    watch(next);
  }

  /// Starts it when it does not run, without waiting; who keeps it does not start it beside.
  ///
  /// @return whether it did not run
  public synchronized boolean beginIfAway() {
    boolean away = !isAlive();
    if (away) {
      begin();
    }
    return away;
  }

  private synchronized boolean beginIfWanted() {
    return wanted && beginIfAway();
  }

  private synchronized void unwanted() {
    wanted = false;
  }

  private ChildProcess child() {
    ChildProcess current = child;
    if (current == null) {
      throw new StackException(name + " was not started.");
    }
    return current;
  }
}

package com.cluedin.jobs.stack;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// One process of the stack: its output goes to its log.
final class ChildProcess {

  /// How a process is asked to end, and how it is killed together with its own children.
  enum Farewell {
    TERM("KILL"),
    /// What PostgreSQL wants: SIGINT ends it without waiting for its clients, SIGQUIT at once.
    INT("QUIT");

    private final String last;

    Farewell(String last) {
      this.last = last;
    }
  }

  private static final int LINES_TOLD = 15;

  private final String name;
  private final LogFile log;
  private final long logStart;
  private final Process process;
  private final Farewell farewell;
  private volatile boolean stopping;

  private ChildProcess(
      String name, LogFile log, long logStart, Process process, Farewell farewell) {
    this.name = name;
    this.log = log;
    this.logStart = logStart;
    this.process = process;
    this.farewell = farewell;
  }

  static ChildProcess start(
      String name,
      LogFile log,
      List<String> command,
      Map<String, String> environment,
      Farewell farewell) {
    try {
      Files.createDirectories(log.file().toAbsolutePath().getParent());
      long logStart = log.size();
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
      // glibc keeps freed memory in up to eight pools for each processor; two do (decision 24).
      builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
      builder.environment().putAll(environment);
      Process process = builder.start();
      LastWill.covers(process, farewell.last);
      return new ChildProcess(name, log, logStart, process, farewell);
    } catch (IOException e) {
      throw new StackException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  String name() {
    return name;
  }

  LogFile log() {
    return log;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Whether its end is wanted.
  boolean isStopping() {
    return stopping;
  }

  /// What is to be done when it ends.
  void whenEnded(Runnable then) {
    CompletableFuture<Void> _ = process.onExit().thenRunAsync(then, Thread::startVirtualThread);
  }

  /// Waits until this process has printed the text.
  void awaitLine(String text, Duration timeout) {
    await("print \"" + text + "\"", timeout, () -> log.contains(text, logStart));
  }

  /// Waits until the condition holds.
  ///
  /// @throws StackException with the end of the log when the process ends first, or takes longer
  void await(String what, Duration timeout, BooleanSupplier condition) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() && !condition.getAsBoolean()) {
        throw new StackException(
            "%s ended (exit code %d).%s".formatted(name, exitCode(), lastWords()));
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "%s did not %s within %d s.%s".formatted(name, what, timeout.toSeconds(), lastWords()));
      }
      pause();
    }
  }

  /// Waits for a process that is meant to end, and to end well.
  void awaitSuccess(Duration timeout) {
    await("finish", timeout, () -> !process.isAlive());
    if (exitCode() != 0) {
      throw new StackException(
          "%s failed (exit code %d).%s".formatted(name, exitCode(), lastWords()));
    }
  }

  int exitCode() {
    return process.exitValue();
  }

  /// Where the log is and how it ends.
  String lastWords() {
    return " Its log is %s and ends with:%n%s"
        .formatted(log.file(), log.tail(LINES_TOLD).indent(4));
  }

  /// Asks the process to end, and kills it when it has not done so in time.
  ///
  /// @return whether it ended by itself
  boolean stop(Duration patience) {
    stopping = true;
    signal(farewell.name());
    boolean ended = hasEndedWithin(patience);
    if (!ended) {
      kill();
    }
    return ended;
  }

  /// Ends the process and all its children at once, as a crash would (SIGKILL).
  void kill() {
    stopping = true;
    List<ProcessHandle> tree =
        List.of(process.toHandle().descendants().toArray(ProcessHandle[]::new));
    process.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
    hasEndedWithin(Duration.ofSeconds(10));
    tree.forEach(child -> child.onExit().completeOnTimeout(child, 10, TimeUnit.SECONDS).join());
  }

  /// @param signal its name without SIG
  void signal(String signal) {
    if (signal.equals("TERM")) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new StackException("kill cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEndedWithin(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private static void pause() {
    try {
      MILLISECONDS.sleep(40);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting", e);
    }
  }
}

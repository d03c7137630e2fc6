package com.cluedin.jobs.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// What `./run` becomes once it has a JDK and a build: starts the stack, tells how it goes, and
/// stops it in order when it is asked to end.
final class StackCommand {

  private static volatile boolean asked;

  private StackCommand() {}

  /// Runs until it is asked to end.
  ///
  /// @param args port, data folder, agents, `fresh` or `keep`, `samples` or `no-samples`; checked
  ///   by `./run`
  public static void main(String[] args) {
    Thread main = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              end(main);
              awaitUninterrupted(ended);
            }));
    endWithItsParent(main);
    int code = 0;
    try {
      run(
          StackSettings.of(Path.of(args[1]))
              .withPort(Integer.parseInt(args[0]))
              .withAgents(Integer.parseInt(args[2]))
              .withSamples(args[4].equals("samples")),
          args[3].equals("fresh"));
    } catch (StackException | UncheckedIOException e) {
      if (!asked) {
        System.err.println(e.getMessage());
        code = 1;
      }
    } finally {
      ended.countDown();
    }
    System.exit(code);
  }

  private static void run(StackSettings settings, boolean fresh) {
    DataFolder data = DataFolder.take(settings.data(), StackCommand::tell);
    FreePort.require(settings.port()); // or data would be gone for a start that cannot be
    if (fresh) {
      data.clear();
    }
    StartCaches.makeMissing(StackCommand::tell);
    long begun = System.nanoTime();
    System.out.println("Starting");
    try (LocalStack stack = LocalStack.start(settings, data, false, StackCommand::tell)) {
      if (settings.samples()) {
        enableSamples(stack.address(), data);
      }
      System.out.printf(
          "Ready in %.1f s: %s/ (logs in %s; Ctrl-C stops)%n",
          (System.nanoTime() - begun) / 1e9, stack.address(), data.logs());
      awaitInterrupt();
      System.out.println("Stopping");
    }
    System.out.println("Stopped");
  }

  private static void tell(String sentence) {
    System.out.println("  " + sentence);
  }

  private static void enableSamples(URI gateway, DataFolder data) {
    try {
      Samples.enable(gateway, data.resolve("samples"));
    } catch (IOException e) {
      tell("The samples are not enabled: " + e.getMessage());
    }
  }

  /// The terminal's signals reach `./run` alone, which passes them on; were it killed, nobody
  /// would.
  private static void endWithItsParent(Thread main) {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> {
          CompletableFuture<Void> _ = parent.onExit().thenRun(() -> end(main));
        });
  }

  private static void end(Thread main) {
    asked = true;
    main.interrupt();
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException asked) {
      // the one way to end
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

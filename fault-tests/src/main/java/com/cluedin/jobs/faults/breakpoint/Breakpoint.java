package com.cluedin.jobs.faults.breakpoint;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Lets its JVM fail at a {@link Spot}: given by `-javaagent:<jar>=<spot>`.
public final class Breakpoint {

  /// With which code a process ends that was halted.
  public static final int HALTED = 86;

  private static final AtomicInteger PASSED = new AtomicInteger();

  private static volatile @Nullable Spot spot;

  private Breakpoint() {}

  /// Called by the JVM before the service begins.
  public static void premain(String text, Instrumentation instrumentation) {
    Spot given = Spot.parse(text);
    spot = given;
    instrumentation.addTransformer(new CallsBreakpoint(given));
  }

  /// Called from the spot, at each passage.
  public static void passed() {
    Spot here = spot;
    if (here != null && PASSED.incrementAndGet() == here.nth()) {
      System.err.println("breakpoint: " + here);
      fail(here.failure());
    }
  }

  private static void fail(Spot.Failure failure) {
    switch (failure) {
      case HALT -> Runtime.getRuntime().halt(HALTED);
      case FREEZE -> freeze();
      case THROW -> throw new IllegalStateException("the answer was lost");
    }
  }

  private static void freeze() {
    try {
      new ProcessBuilder("kill", "-STOP", String.valueOf(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("kill cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package com.cluedin.jobs.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What was tried and how it went: one line for each fault, in `target/faults.md` from the first
/// one on, and printed when all are over. Ends the stage then, too.
public final class FaultTable implements BeforeAllCallback {

  private static final Path FILE = Path.of("target", "faults.md");

  private static final Map<String, Line> LINES = new LinkedHashMap<>();

  /// @param secondRuns jobs that were run again without having failed
  /// @param recovery from the last healing until all was done, or null
  record Line(
      String fault,
      String what,
      int rounds,
      int jobs,
      int lost,
      int doubled,
      long secondRuns,
      Duration recovery,
      String remark) {

    @Override
    public String toString() {
      return "| %s | %s | %d | %d | %d | %d | %d | %.1f s | %s |"
          .formatted(
              fault,
              what,
              rounds,
              jobs,
              lost,
              doubled,
              secondRuns,
              recovery.toMillis() / 1e3,
              remark);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(
            FaultTable.class,
            _ -> {
              System.out.println("This run again: " + Dose.GIVEN);
              return (AutoCloseable) FaultTable::end;
            });
  }

  /// The line of the simulation in one process, which ends with the first fault it finds.
  public static void putSimulation(int seeds, long jobs, String remark) {
    put(
        new Line(
            "8, 20", "simulation, clocks too", seeds, (int) jobs, 0, 0, 0, Duration.ZERO, remark));
  }

  static synchronized void put(Line line) {
    LINES.put(line.fault() + line.what(), line);
    try {
      Files.writeString(FILE, text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(line);
  }

  private static void end() {
    System.out.println(text());
    Stage.closeCurrent();
  }

  private static String text() {
    return """
    | # | fault | rounds | jobs | lost | doubled | second runs | recovery | |
    |---|---|---|---|---|---|---|---|---|
    %s

    This run again: `%s`
    """
        .formatted(
            LINES.values().stream().map(Line::toString).collect(Collectors.joining("\n")),
            Dose.GIVEN);
  }
}

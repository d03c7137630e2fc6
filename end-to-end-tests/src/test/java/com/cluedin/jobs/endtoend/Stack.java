package com.cluedin.jobs.endtoend;

import com.cluedin.jobs.stack.LocalStack;
import com.cluedin.jobs.stack.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/// The started system that all tests of this module share: two schedulers, two trackers, a gateway,
/// and agents of four kinds. It ends with this JVM.
///
/// Queue `default` has an agent that works quickly and never fails; `slow` one whose jobs take
/// minutes; `fragile` two whose jobs take seconds; `failing` one whose jobs fail; all other queues
/// have none.
final class Stack {

  static final Duration LEASE = Duration.ofSeconds(3);

  private static final LocalStack STACK = start();

  private Stack() {}

  static LocalStack get() {
    return STACK;
  }

  static Api api() {
    return new Api(STACK.address());
  }

  private static LocalStack start() {
    Path data = Path.of("target", "stack").toAbsolutePath();
    delete(data);
    String lease = LEASE.toSeconds() + "s";
    LocalStack stack =
        LocalStack.start(
            StackSettings.of(data)
                .withSchedulers(2)
                .withTrackers(2)
                .withAgents(5)
                .with("tracker", Map.of("TRACKER_LEASE", lease))
                .with("agent", agents("default", 100, 400, 0))
                .with("agent", Map.of("AGENT_LEASE", lease, "AGENT_JOBS_AT_ONCE", "6"))
                .with("agent-2", agents("slow", 1_000_000, 1_000, 0))
                .with("agent-3", agents("fragile", 800, 100, 0))
                .with("agent-4", agents("fragile", 800, 100, 0))
                .with("agent-4", Map.of("AGENT_JOBS_AT_ONCE", "12")) // room for those of agent-3
                .with("agent-5", agents("failing", 100, 400, 1)),
            System.out::println);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    return stack;
  }

  private static Map<String, String> agents(
      String queue, int clues, int cluesPerSecond, int failureRate) {
    return Map.of(
        "AGENT_QUEUES",
        queue,
        "SIMULATION_SEED",
        "7",
        "SIMULATION_CLUES",
        String.valueOf(clues),
        "SIMULATION_CLUES_PER_SECOND",
        String.valueOf(cluesPerSecond),
        "SIMULATION_FAILURE_RATE",
        String.valueOf(failureRate),
        "SIMULATION_PERMANENT_RATE",
        "0");
  }

  private static void delete(Path folder) {
    if (!folder.toFile().exists()) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

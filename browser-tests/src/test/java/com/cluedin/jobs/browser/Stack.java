package com.cluedin.jobs.browser;

import com.cluedin.jobs.stack.LocalStack;
import com.cluedin.jobs.stack.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/// The started system that tests of one JVM share: a scheduler, two trackers, a gateway, and
/// agents. It ends with this JVM.
///
/// Queue `default` has an agent that works quickly and never fails; `slow` one whose jobs take
/// minutes; `failing` one whose jobs fail for good; `held` and `markup` have {@link CrawlsAtWill};
/// all other queues have none.
final class Stack {

  private static final LocalStack STACK = start();
  private static final CrawlsAtWill CRAWLS = CrawlsAtWill.start(STACK.kafkaBootstrapServers());

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              CRAWLS.close();
              STACK.close();
            }));
  }

  private Stack() {}

  static LocalStack get() {
    return STACK;
  }

  static CrawlsAtWill crawls() {
    return CRAWLS;
  }

  static Api api() {
    return new Api(STACK.address());
  }

  private static LocalStack start() {
    Path data = Path.of("target", System.getProperty("stack.folder", "stack")).toAbsolutePath();
    delete(data);
    return LocalStack.start(
        StackSettings.of(data)
            .withTrackers(2)
            .withAgents(3)
            .with("agent", Map.of("SIMULATION_SEED", "7", "AGENT_JOBS_AT_ONCE", "8"))
            .with("agent-1", agents("default", 100, 2_000, 0))
            .with("agent-2", agents("slow", 1_000_000, 1_000, 0))
            .with("agent-3", agents("failing", 100, 2_000, 1)),
        System.out::println);
  }

  private static Map<String, String> agents(
      String queue, int clues, int cluesPerSecond, int permanentRate) {
    return Map.of(
        "AGENT_QUEUES",
        queue,
        "SIMULATION_CLUES",
        String.valueOf(clues),
        "SIMULATION_CLUES_PER_SECOND",
        String.valueOf(cluesPerSecond),
        "SIMULATION_FAILURE_RATE",
        "0",
        "SIMULATION_PERMANENT_RATE",
        String.valueOf(permanentRate));
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

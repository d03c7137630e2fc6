package com.cluedin.jobs.faults;

import com.cluedin.jobs.stack.LocalStack;
import com.cluedin.jobs.stack.StackException;
import com.cluedin.jobs.stack.StackProcess;
import com.cluedin.jobs.stack.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// The started system that faults are put into: two schedulers, two trackers, a gateway, and agents
/// whose jobs are quick and sometimes fail.
final class Stage implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(3);
  static final int AGENTS = 4;
  static final int PLACES_OF_AN_AGENT = 3;

  private static final Path TARGET = Path.of("target", "faults").toAbsolutePath();
  private static final Duration SOON = Duration.ofSeconds(150);

  private static @Nullable Stage current;

  private final Path data;
  private final LocalStack stack;
  private final List<String> names = new ArrayList<>();
  private final Api api;

  private Stage(int brokers) {
    String name = brokers == 1 ? "stack" : "stack-of-" + brokers;
    data = TARGET.resolve(name);
    delete(data);
    stack = LocalStack.start(settings(data, brokers), this::tell);
    api = new Api(stack.address());
    IntStream.rangeClosed(1, brokers)
        .forEach(i -> names.add(brokers == 1 ? "kafka" : "kafka-" + i));
    names.addAll(List.of("postgres", "scheduler-1", "scheduler-2", "tracker-1", "tracker-2"));
    names.add("gateway");
    names.addAll(agents());
  }

  /// The stage with that many brokers; the one before it, with another number, ends.
  static synchronized Stage with(int brokers) {
    Stage before = current;
    if (before != null && before.brokers() == brokers) {
      return before;
    }
    closeCurrent();
    Stage next = new Stage(brokers);
    current = next;
    return next;
  }

  static synchronized void closeCurrent() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  static List<String> agents() {
    return IntStream.rangeClosed(1, AGENTS).mapToObj(i -> "agent-" + i).toList();
  }

  Api api() {
    return api;
  }

  /// One of the internal services by itself.
  Api apiOf(String name) {
    return new Api(process(name).address());
  }

  String kafka() {
    return stack.kafkaBootstrapServers();
  }

  int postgresPort() {
    return stack.postgresPort();
  }

  StackProcess process(String name) {
    return stack.process(name);
  }

  Connection database() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(stack.postgresHost(), stack.postgresPort(), stack.postgresDatabase()),
        stack.postgresUser(),
        stack.postgresPassword());
  }

  /// SIGKILL.
  void kill(String name) {
    tell("SIGKILL " + name);
    process(name).kill();
  }

  /// Starts it when it does not run, without waiting.
  void begin(String name) {
    if (process(name).beginIfAway()) {
      tell("started " + name);
    }
  }

  /// Starts it again with more environment, without waiting; ended by itself it stays ended.
  void beginAs(String name, Map<String, String> more) {
    if (process(name).isAlive()) {
      process(name).kill();
    }
    tell("starting " + name + " with " + more);
    process(name).beginAs(more);
  }

  /// Starts it again so that it fails at a spot of its code.
  ///
  /// @param spot `class#method:entry|exit:nth:halt|freeze|throw`
  void beginToFail(String name, String spot) {
    beginAs(name, toFail(spot));
  }

  /// Starts it again so that it fails at a spot, alone of its kind: its partner is killed once it
  /// serves, so that it does what one does for all. Should it die before that, it was there
  /// already.
  void beginToFailAlone(String name, String partner, String spot) {
    beginToFail(name, spot);
    try {
      process(name).awaitReady();
    } catch (StackException e) {
      tell(name + " does not serve: " + e.getMessage().lines().findFirst().orElse(""));
      return;
    }
    kill(partner);
  }

  /// How often processes of this name have come to their spots.
  long failures(String name) {
    try (Stream<String> lines =
        Files.lines(data.resolve("logs").resolve(name + ".log"), StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.startsWith("breakpoint: ")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> toFail(String spot) {
    return Map.of(
        "JAVA_TOOL_OPTIONS",
        "-javaagent:%s=%s".formatted(System.getProperty("faults.breakpoint"), spot));
  }

  /// Waits until it serves, over ends and starts of it.
  void awaitReady(String name) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (true) {
      try {
        process(name).awaitReady();
        return;
      } catch (StackException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        begin(name);
        Pause.of(Duration.ofMillis(200));
      }
    }
  }

  /// Starts everything that is not there, and waits until it serves.
  void heal() {
    names.forEach(this::begin);
    names.forEach(this::awaitReady);
  }

  /// Waits until it holds.
  static void await(String what, Duration most, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(most)
        .pollInterval(Duration.ofMillis(100))
        .until(condition::getAsBoolean);
  }

  /// The state letter of a process: `T` is one that stands still.
  char stateOf(String name) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process(name).pid()), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return 'X';
    }
  }

  void tell(String sentence) {
    System.out.println(Instant.now().toString().substring(11, 23) + "  " + sentence);
    Journal.REQUESTS.add(Map.of("at", Instant.now().toString(), "told", sentence));
  }

  @Override
  public void close() {
    stack.close();
  }

  private int brokers() {
    return (int) names.stream().filter(name -> name.startsWith("kafka")).count();
  }

  private static StackSettings settings(Path data, int brokers) {
    String lease = LEASE.toSeconds() + "s";
    return StackSettings.of(data)
        .withBrokers(brokers)
        .withSchedulers(2)
        .withTrackers(2)
        .withAgents(AGENTS)
        .with("tracker", Map.of("TRACKER_LEASE", lease))
        .with(
            "agent",
            Map.of(
                "AGENT_LEASE",
                lease,
                "AGENT_JOBS_AT_ONCE",
                String.valueOf(PLACES_OF_AN_AGENT),
                "SIMULATION_SEED",
                String.valueOf(Dose.GIVEN.seed()),
                "SIMULATION_CLUES",
                "60",
                "SIMULATION_CLUES_PER_SECOND",
                "100",
                "SIMULATION_FAILURE_RATE",
                "0.1"));
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
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

  static UUID uuid(RandomGenerator random) {
    long high = random.nextLong() & ~0xF000L | 0x4000L;
    long low = random.nextLong() & ~(0b11L << 62) | 0b10L << 62;
    return new UUID(high, low);
  }
}

package com.cluedin.jobs.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a stack is made of.
///
/// @param port where the gateway listens on the loopback address; 0: any free port
/// @param data the folder of all data and logs; made when it is not there
/// @param brokers how many nodes Kafka has, 1 or more; from 3 on, one may be lost
/// @param schedulers how many, 1 or more
/// @param trackers how many, 0 or more
/// @param gateways 0 or 1
/// @param agents how many processes of simulated agents, 0 or more
/// @param samples whether sample integrations are enabled at the first start on the data
/// @param environment more settings of services, by kind (`scheduler`, `tracker`, `gateway`,
///   `agent`) or by name (`scheduler-2`); a name's win over its kind's, and both over the stack's.
///   A kind's {@link #JAVA_FLAGS}, `kafka`'s too, are flags of its JVMs, which win over the stack's
public record StackSettings(
    int port,
    Path data,
    int brokers,
    int schedulers,
    int trackers,
    int gateways,
    int agents,
    boolean samples,
    Map<String, Map<String, String>> environment) {

  /// Names the flags of JVMs, separated by spaces.
  public static final String JAVA_FLAGS = "JAVA_FLAGS";

  static final int MOST_AGENTS = 20;

  /// @throws StackException when a value is out of its bounds
  public StackSettings {
    require(port >= 0 && port <= 65_535, "The port must be 0 to 65535, not " + port + ".");
    require(brokers >= 1, "A stack has at least one broker.");
    require(schedulers >= 1, "A stack has at least one scheduler.");
    require(trackers >= 0, "The trackers must be 0 or more, not " + trackers + ".");
    require(gateways == 0 || gateways == 1, "A stack has one gateway or none.");
    require(
        agents >= 0 && agents <= MOST_AGENTS,
        "The agents must be 0 to %d, not %d.".formatted(MOST_AGENTS, agents));
    data = data.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
  }

  /// One of each service and two agents, a free port, no samples.
  public static StackSettings of(Path data) {
    return new StackSettings(0, data, 1, 1, 1, 1, 2, false, Map.of());
  }

  public StackSettings withPort(int port) {
    return new StackSettings(
        port, data, brokers, schedulers, trackers, gateways, agents, samples, environment);
  }

  public StackSettings withBrokers(int brokers) {
    return new StackSettings(
        port, data, brokers, schedulers, trackers, gateways, agents, samples, environment);
  }

  public StackSettings withSchedulers(int schedulers) {
    return new StackSettings(
        port, data, brokers, schedulers, trackers, gateways, agents, samples, environment);
  }

  public StackSettings withTrackers(int trackers) {
    return new StackSettings(
        port, data, brokers, schedulers, trackers, gateways, agents, samples, environment);
  }

  public StackSettings withGateways(int gateways) {
    return new StackSettings(
        port, data, brokers, schedulers, trackers, gateways, agents, samples, environment);
  }

  public StackSettings withAgents(int agents) {
    return new StackSettings(
        port, data, brokers, schedulers, trackers, gateways, agents, samples, environment);
  }

  public StackSettings withSamples(boolean samples) {
    return new StackSettings(
        port, data, brokers, schedulers, trackers, gateways, agents, samples, environment);
  }

  /// Adds to the settings of a kind of service, or of one process.
  ///
  /// @param who a kind or a name
  public StackSettings with(String who, Map<String, String> more) {
    Map<String, Map<String, String>> all = new HashMap<>(environment);
    Map<String, String> own = new HashMap<>(all.getOrDefault(who, Map.of()));
    own.putAll(more);
    all.put(who, Map.copyOf(own));
    return new StackSettings(
        port, data, brokers, schedulers, trackers, gateways, agents, samples, all);
  }

  int count(Service service) {
    return switch (service) {
      case SCHEDULER -> schedulers;
      case TRACKER -> trackers;
      case GATEWAY -> gateways;
      case AGENT -> agents;
    };
  }

  List<String> javaFlags(String kind) {
    String flags = environment.getOrDefault(kind, Map.of()).getOrDefault(JAVA_FLAGS, "");
    return flags.isBlank() ? List.of() : List.of(flags.split(" +"));
  }

  Map<String, String> environment(Service service, String name) {
    Map<String, String> own = new HashMap<>(environment.getOrDefault(service.kind(), Map.of()));
    own.putAll(environment.getOrDefault(name, Map.of()));
    return own;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new StackException(otherwise);
    }
  }
}

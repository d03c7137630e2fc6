package com.cluedin.jobs.simulator;

import com.cluedin.jobs.agent.AgentSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How the simulator is set up, from the environment.
///
/// @param agent what its agents have in common
/// @param agentCount how many agents run in this process, 1 to 100
/// @param health where health is told, or null for nowhere
/// @param seed two simulators of the same seed do the same with the same job
/// @param clues how many clues a job has in the mean, 1 to 1,000,000,000
/// @param cluesPerSecond how fast they come in the mean, more than 0
/// @param failureRate the share of runs that fail, 0 to 1
/// @param permanentRate the share of jobs that always fail, 0 to 1
record SimulatorSettings(
    AgentSettings agent,
    int agentCount,
    @Nullable InetSocketAddress health,
    long seed,
    long clues,
    double cluesPerSecond,
    double failureRate,
    double permanentRate) {

  /// @throws IllegalArgumentException with a sentence that names the setting
  static SimulatorSettings of(Map<String, String> environment) {
    Environment from = new Environment(environment);
    return new SimulatorSettings(
        agent(from),
        (int) from.whole("AGENT_COUNT", 1, 1, 100),
        health(from),
        from.whole("SIMULATION_SEED", 1, Long.MIN_VALUE, Long.MAX_VALUE),
        from.whole("SIMULATION_CLUES", 1_000, 1, 1_000_000_000),
        from.number("SIMULATION_CLUES_PER_SECOND", 40, 0.001, 1e9),
        from.number("SIMULATION_FAILURE_RATE", 0.05, 0, 1),
        from.number("SIMULATION_PERMANENT_RATE", 0.02, 0, 1));
  }

  /// Each agent under a name of its own.
  List<AgentSettings> agents() {
    if (agentCount == 1) {
      return List.of(agent);
    }
    return IntStream.rangeClosed(1, agentCount)
        .mapToObj(number -> named(agent, agent.name() + "-" + number))
        .toList();
  }

  private static AgentSettings agent(Environment from) {
    return AgentSettings.of(
            from.text("AGENT_NAME", hostAndPid()), from.needed("KAFKA_BOOTSTRAP_SERVERS"))
        .withQueues(List.of(from.text("AGENT_QUEUES", "default").strip().split("\\s*,\\s*")))
        .withJobsAtOnce((int) from.whole("AGENT_JOBS_AT_ONCE", 4, 1, 200))
        .withLease(from.duration("AGENT_LEASE", Duration.ofSeconds(15)))
        .withDrainTimeout(from.duration("AGENT_DRAIN_TIMEOUT", Duration.ofSeconds(30)));
  }

  private static @Nullable InetSocketAddress health(Environment from) {
    int port = (int) from.whole("HEALTH_PORT", 0, 0, 65_535);
    return port == 0 ? null : new InetSocketAddress(from.text("HEALTH_ADDRESS", "127.0.0.1"), port);
  }

  private static AgentSettings named(AgentSettings agent, String name) {
    return new AgentSettings(
        name,
        agent.kafka(),
        agent.queues(),
        agent.jobsAtOnce(),
        agent.lease(),
        agent.drainTimeout());
  }

  private static String hostAndPid() {
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + ProcessHandle.current().pid();
    } catch (UnknownHostException e) {
      return "agent-" + ProcessHandle.current().pid();
    }
  }
}

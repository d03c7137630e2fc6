package com.cluedin.jobs.simulator;

import com.cluedin.jobs.agent.Agent;
import com.cluedin.jobs.agent.AgentSettings;
import com.cluedin.jobs.agent.HealthEndpoint;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Agents whose crawlers only pretend. Runs until it is asked to end; then its agents drain, and it
/// exits with 0. Settings that cannot be are told in a sentence, with exit code 2; that Kafka
/// cannot be reached, with 1.
public final class AgentSimulator {

  private final List<Agent> agents = new CopyOnWriteArrayList<>();
  private volatile int exitCode;

  private AgentSimulator() {}

  public static void main(String[] args) {
    AgentSimulator simulator = new AgentSimulator();
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::end, "end"));
    try {
      simulator.start(SimulatorSettings.of(System.getenv()));
    } catch (IllegalArgumentException e) {
      simulator.giveUp(2, e);
    } catch (IllegalStateException | KafkaException | UncheckedIOException e) {
      simulator.giveUp(1, e);
    }
  }

  private void start(SimulatorSettings settings) {
    HealthEndpoint health = health(settings);
    SimulatedCrawler crawler = new SimulatedCrawler(settings);
    for (AgentSettings each : settings.agents()) {
      agents.add(Agent.start(each, crawler));
    }
    if (health != null) {
      health.watch(agents);
    }
  }

  private static @Nullable HealthEndpoint health(SimulatorSettings settings) {
    return settings.health() == null
        ? null
        : HealthEndpoint.open(settings.health(), settings.agent().kafka());
  }

  /// All agents drain side by side. A JVM that is asked to end would not exit with 0 by itself.
  private void end() {
    List<Thread> drains = new ArrayList<>();
    agents.forEach(agent -> drains.add(Thread.ofPlatform().start(agent::close)));
    try {
      for (Thread drain : drains) {
        drain.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private void giveUp(int code, RuntimeException e) {
    System.err.println(sentence(e));
    exitCode = code;
    System.exit(code);
  }

  private static String sentence(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return e.getCause() == null ? message : message + ": " + sentence(e.getCause());
  }
}

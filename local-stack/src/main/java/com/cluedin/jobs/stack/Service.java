package com.cluedin.jobs.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The services of the stack, in the order in which they are told of. They end the other way round.
enum Service {
  SCHEDULER("scheduler", "scheduler-service", 112, "/actuator/health/readiness"),
  TRACKER("tracker", "job-tracker-service", 128, "/actuator/health/readiness"),
  GATEWAY("gateway", "api-gateway", 112, "/actuator/health/readiness"),
  AGENT("agent", "agent-simulator", 64, "/health/readiness");

  private final String kind;
  private final String module;
  private final int heapMegabytes;
  private final String readiness;

  Service(String kind, String module, int heapMegabytes, String readiness) {
    this.kind = kind;
    this.module = module;
    this.heapMegabytes = heapMegabytes;
    this.readiness = readiness;
  }

  String kind() {
    return kind;
  }

  /// The folder of its source and its jar.
  String module() {
    return module;
  }

  /// The path that answers 200 when it can do its work.
  String readiness() {
    return readiness;
  }

  /// `scheduler-1`, `scheduler-2` …; the gateway is the only one of its kind.
  String name(int number) {
    return this == GATEWAY ? kind : kind + "-" + number;
  }

  /// @param healthPort where its health is told; another one than `port` for the gateway alone
  Map<String, String> environment(String name, int port, int healthPort) {
    return switch (this) {
      case SCHEDULER, TRACKER, GATEWAY ->
          Map.of(
              "SERVER_ADDRESS",
              "127.0.0.1",
              "SERVER_PORT",
              String.valueOf(port),
              "MANAGEMENT_SERVER_PORT",
              String.valueOf(healthPort),
              "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE",
              "5s");
      case AGENT ->
          Map.of(
              "AGENT_NAME", name, "AGENT_DRAIN_TIMEOUT", "3s", "HEALTH_PORT", String.valueOf(port));
    };
  }

  List<String> command(AppJar jar, List<String> cacheFlags) {
    List<String> flags = new ArrayList<>(List.of("-Xmx" + heapMegabytes + "m"));
    flags.addAll(Java.SMALL);
    flags.addAll(cacheFlags);
    return Java.command(flags, "-jar", jar.file().toString());
  }
}

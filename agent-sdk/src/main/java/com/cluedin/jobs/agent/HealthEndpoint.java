package com.cluedin.jobs.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/// Tells over HTTP how the agents of a process are, for whoever watches over it: a container's
/// health check, an orchestrator.
///
/// `/health/liveness` answers 200 while no agent has lost a thread. `/health/readiness` answers 200
/// while agents take jobs and the brokers answer within a second. Else both answer 503.
public final class HealthEndpoint implements AutoCloseable {

  private static final int KAFKA_TIMEOUT_MS = 1_000;

  private final List<Agent> agents = new CopyOnWriteArrayList<>();
  private final Admin admin;
  private final HttpServer server;

  private HealthEndpoint(Admin admin, HttpServer server) {
    this.admin = admin;
    this.server = server;
    answer("/health/liveness", this::alive);
    answer("/health/readiness", this::ready);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Answers from now on, "not ready" until it is told of agents.
  ///
  /// @param kafka settings of its Kafka client, as in {@link AgentSettings}
  /// @throws UncheckedIOException when the address cannot be had
  public static HealthEndpoint open(InetSocketAddress address, Map<String, String> kafka) {
    try {
      HttpServer server = HttpServer.create(address, 0);
      Map<String, Object> settings = new HashMap<>(kafka);
      settings.put("client.id", "health");
      return new HealthEndpoint(Admin.create(settings), server);
    } catch (IOException e) {
      throw new UncheckedIOException(address + " cannot be listened on: " + e.getMessage(), e);
    }
  }

  /// From now on their state counts, besides that of earlier ones.
  public void watch(Collection<Agent> more) {
    agents.addAll(more);
  }

  @Override
  public void close() {
    server.stop(0);
    admin.close();
  }

  private boolean alive() {
    return agents.stream().allMatch(Agent::alive);
  }

  private boolean ready() {
    return !agents.isEmpty() && agents.stream().allMatch(Agent::takesJobs) && kafkaAnswers();
  }

  private boolean kafkaAnswers() {
    try {
      admin.describeCluster(new DescribeClusterOptions().timeoutMs(KAFKA_TIMEOUT_MS)).nodes().get();
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void answer(String path, BooleanSupplier well) {
    server.createContext(
        path,
        exchange -> {
          boolean known = exchange.getRequestURI().getPath().equals(path);
          boolean up = known && well.getAsBoolean();
          send(exchange, known ? (up ? 200 : 503) : 404, up ? "UP" : known ? "DOWN" : "UNKNOWN");
        });
  }

  private static void send(HttpExchange exchange, int code, String status) throws IOException {
    try (exchange) {
      byte[] body = "{\"status\":\"%s\"}".formatted(status).getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}

package com.cluedin.jobs.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.stack.Backing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A scheduler as a process of its own, that can be killed like one.
final class SchedulerProcess implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final int port;

  private SchedulerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static SchedulerProcess start(
      String name, Backing backing, String database, Map<String, String> settings) {
    try {
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              SchedulerService.class.getName());
      builder
          .environment()
          .putAll(
              Map.of(
                  "SERVER_PORT", String.valueOf(port),
                  "KAFKA_BOOTSTRAP_SERVERS", backing.kafkaBootstrapServers(),
                  "POSTGRES_HOST", backing.postgresHost(),
                  "POSTGRES_PORT", String.valueOf(backing.postgresPort()),
                  "POSTGRES_USER", backing.postgresUser(),
                  "POSTGRES_PASSWORD", backing.postgresPassword(),
                  "POSTGRES_DATABASE", database));
      builder.environment().putAll(settings);
      builder.redirectErrorStream(true).redirectOutput(Path.of("target", name + ".log").toFile());
      return new SchedulerProcess(builder.start(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isReady() {
    try {
      return get("/actuator/health/readiness").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  Answer send(String method, String path, String json) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json)));
  }

  /// SIGKILL.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  record Answer(int status, JsonNode body) {}
}

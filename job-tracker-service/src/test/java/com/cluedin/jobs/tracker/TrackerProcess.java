package com.cluedin.jobs.tracker;

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

/// A tracker as a process of its own, that can be killed like one.
final class TrackerProcess implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final int port;

  private TrackerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static TrackerProcess start(String name, Backing backing, String database) {
    try {
      int port = freePort();
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              TrackerService.class.getName());
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
                  "POSTGRES_DATABASE", database,
                  "TRACKER_LEASE", "2s"));
      builder.redirectErrorStream(true).redirectOutput(Path.of("target", name + ".log").toFile());
      return new TrackerProcess(builder.start(), port);
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

  Answer abandon(Object jobId, Object runId) {
    return send(
        HttpRequest.newBuilder(uri("/jobs/abandonment"))
            .header("Content-Type", "application/json")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(
                    "{\"JobRunId\":\"%s\",\"jobID\":\"%s\"}".formatted(runId, jobId))));
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
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("X-Total-Count").orElse(""),
          JSON.readTree(response.body()));
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

  record Answer(int status, String total, JsonNode body) {}
}

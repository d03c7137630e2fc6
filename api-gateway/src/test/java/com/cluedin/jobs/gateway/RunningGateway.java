package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.stack.Backing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway on real Kafka, and a client of it.
final class RunningGateway implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ConfigurableApplicationContext context;
  private final int port;
  private final int managementPort;

  private RunningGateway(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = port("local.server.port");
    this.managementPort = port("local.management.port");
  }

  static RunningGateway start(String schedulers, String trackers, String... settings) {
    return onKafka(Backing.shared().kafkaBootstrapServers(), schedulers, trackers, settings);
  }

  static RunningGateway onKafka(
      String bootstrapServers, String schedulers, String trackers, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--KAFKA_BOOTSTRAP_SERVERS=" + bootstrapServers,
                "--SCHEDULER_URL=" + schedulers,
                "--TRACKER_URL=" + trackers));
    all.addAll(List.of(settings));
    return new RunningGateway(
        SpringApplication.run(GatewayService.class, all.toArray(String[]::new)));
  }

  Reply get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Reply json(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return send(method, path, body, all.toArray(String[]::new));
  }

  Reply form(String path, String body, String... headers) {
    List<String> all =
        new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
    all.addAll(List.of(headers));
    return send("POST", path, body, all.toArray(String[]::new));
  }

  Reply management(String path) {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)));
  }

  Reply send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /// Sends bytes as they are, for what no client would send.
  String raw(String request) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    context.close();
  }

  private int port(String property) {
    return context.getEnvironment().getRequiredProperty(property, Integer.class);
  }

  private static Reply send(HttpRequest.Builder request) {
    try {
      return new Reply(
          HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  record Reply(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    JsonNode json() {
      return JSON.readTree(response.body());
    }

    String detail() {
      return json().get("detail").asString();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }
}

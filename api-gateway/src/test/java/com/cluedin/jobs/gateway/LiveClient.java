package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the live stream, which remembers what it hears.
final class LiveClient implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final HttpHeaders headers;
  private final Thread reader;
  private volatile @Nullable String lastId;
  private volatile boolean ended;

  private LiveClient(int port, String query, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/live" + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<Stream<String>> response = http.send(request.build(), BodyHandlers.ofLines());
      assertThat(response.statusCode()).isEqualTo(200);
      this.headers = response.headers();
      this.reader = Thread.ofVirtual().start(() -> read(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static LiveClient open(RunningGateway gateway, String... headers) {
    return new LiveClient(gateway.port(), "", headers);
  }

  /// One that comes back, as browsers do.
  static LiveClient after(String lastId, RunningGateway gateway, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Last-Event-ID";
    all[headers.length + 1] = lastId;
    LiveClient client = new LiveClient(gateway.port(), "", all);
    client.lastId = client.lastId == null ? lastId : client.lastId;
    return client;
  }

  static LiveClient withQuery(String query, RunningGateway gateway) {
    return new LiveClient(gateway.port(), "?" + query);
  }

  /// Waits until it was greeted.
  LiveClient greeted() {
    first("hello");
    return this;
  }

  Heard first(String name) {
    return first(event -> event.name().equals(name), Duration.ofSeconds(20));
  }

  Heard first(Predicate<Heard> wanted, Duration patience) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(patience)
        .until(() -> heard.stream().anyMatch(wanted));
    return heard.stream().filter(wanted).findFirst().orElseThrow();
  }

  /// The first message that tells of a job.
  Heard job(Object id) {
    return first(event -> event.jobs().contains(id.toString()), Duration.ofSeconds(20));
  }

  /// All jobs it was told of.
  Set<String> jobs() {
    return heard.stream().flatMap(event -> event.jobs().stream()).collect(Collectors.toSet());
  }

  List<Heard> heard() {
    return heard;
  }

  String lastId() {
    return lastId;
  }

  HttpHeaders headers() {
    return headers;
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      reader.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void read(Stream<String> lines) {
    List<String> block = new ArrayList<>();
    try {
      lines.forEach(line -> {
        if (line.isEmpty()) {
          take(List.copyOf(block));
          block.clear();
        } else {
          block.add(line);
        }
      });
    } catch (UncheckedIOException e) {
      // the stream was cut
    }
    ended = true;
  }

  private void take(List<String> block) {
    String id = field("id", block);
    if (field("event", block) instanceof String name) {
      lastId = id == null ? lastId : id;
      heard.add(new Heard(name, id, JSON.readTree(field("data", block)), System.nanoTime()));
    }
  }

  private static @Nullable String field(String name, List<String> block) {
    return block.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse(null);
  }

  /// @param at when it came, as the clock of nanoseconds has it
  record Heard(String name, @Nullable String id, JsonNode data, long at) {

    Set<String> jobs() {
      return data.path("Jobs")
          .valueStream()
          .map(job -> job.get("Id").asString())
          .collect(Collectors.toSet());
    }

    JsonNode job(Object id) {
      return data.path("Jobs")
          .valueStream()
          .filter(job -> job.get("Id").asString().equals(id.toString()))
          .findFirst()
          .orElseThrow();
    }
  }
}

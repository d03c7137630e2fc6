package com.cluedin.jobs.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.stack.ChildProcess.Farewell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A service of a test's class path as a process of its own on the shared {@link Backing}, that can
/// be called and killed like one. Its log is `target/<name>.log`.
public final class ServiceProcess implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChildProcess process;
  private final URI address;

  private ServiceProcess(ChildProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Starts it without waiting.
  ///
  /// @param settings its environment, beside where it listens and what it stands on
  public static ServiceProcess start(
      String name, Class<?> main, String database, Map<String, String> settings) {
    Backing backing = Backing.shared();
    int port = FreePort.any();
    Map<String, String> environment = new HashMap<>();
    environment.put("SERVER_PORT", String.valueOf(port));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", backing.kafkaBootstrapServers());
    environment.put("POSTGRES_HOST", backing.postgresHost());
    environment.put("POSTGRES_PORT", String.valueOf(backing.postgresPort()));
    environment.put("POSTGRES_USER", backing.postgresUser());
    environment.put("POSTGRES_PASSWORD", backing.postgresPassword());
    environment.put("POSTGRES_DATABASE", database);
    environment.putAll(settings);
    List<String> command =
        Java.command(
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    LogFile log = new LogFile(Path.of("target", name + ".log"));
    return new ServiceProcess(
        ChildProcess.start(name, log, command, environment, Farewell.TERM),
        URI.create("http://127.0.0.1:" + port));
  }

  public boolean isReady() {
    return Http.isOk(address.resolve("/actuator/health/readiness"));
  }

  /// @param headers names and values in turn
  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /// @param headers names and values in turn
  public HttpResponse<String> send(String method, String path, String json, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  /// SIGKILL.
  public void kill() {
    process.kill();
  }

  /// SIGTERM, and waits.
  @Override
  public void close() {
    process.stop(PATIENCE);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while calling " + address, e);
    }
  }
}

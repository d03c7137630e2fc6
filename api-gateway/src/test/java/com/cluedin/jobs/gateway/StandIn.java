package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands in for a service behind the gateway: remembers what it is asked and answers what it was
/// told to.
final class StandIn implements AutoCloseable {

  private static final Given NOTHING = new Given(404, "application/problem+json", "{}", Map.of());

  private final Map<String, Given> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int port;
  private volatile CountDownLatch silence = new CountDownLatch(0);
  private HttpServer server;

  StandIn() {
    this.server = listen(0);
    this.port = server.getAddress().getPort();
  }

  /// Sets the answer to a method and path.
  StandIn answers(String call, int status, String body) {
    return answers(
        call,
        status,
        status < 400 ? "application/json" : "application/problem+json",
        body,
        Map.of());
  }

  StandIn answers(String call, int status, String type, String body, Map<String, String> headers) {
    answers.put(call, new Given(status, type, body, headers));
    return this;
  }

  /// Takes requests and says nothing until {@link #speak}.
  void fallSilent() {
    silence = new CountDownLatch(1);
  }

  void speak() {
    silence.countDown();
  }

  /// Ends as a killed process does; {@link #comeBack} takes the same port again.
  void goAway() {
    server.stop(0);
  }

  void comeBack() {
    server = listen(port);
  }

  List<Asked> asked() {
    return asked;
  }

  Asked lastAsked() {
    return asked.getLast();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    speak();
    server.stop(0);
    threads.close();
  }

  private HttpServer listen(int wanted) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer made = HttpServer.create(new InetSocketAddress(loopback, wanted), 0);
      made.setExecutor(threads);
      made.createContext("/", this::handle);
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      silence.await();
      Given given =
          answers.getOrDefault(
              exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(), NOTHING);
      exchange.getResponseHeaders().set("Content-Type", given.type());
      given.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = given.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(given.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @param target path and query as they came
  record Asked(String method, String target, Map<String, List<String>> headers, String body) {}

  private record Given(int status, String type, String body, Map<String, String> headers) {}
}

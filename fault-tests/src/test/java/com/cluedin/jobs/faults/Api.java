package com.cluedin.jobs.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A service's HTTP, called as one who writes down what was asked and answered, and to whom no
/// answer is an answer too.
final class Api {

  /// Longer than any call may take.
  static final Duration LONGEST = Duration.ofSeconds(20);

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_TEXT = 400;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI address;
  private final @Nullable UUID organization;
  private final List<Answer> answers = new CopyOnWriteArrayList<>();

  Api(URI address) {
    this(address, null);
  }

  private Api(URI address, @Nullable UUID organization) {
    this.address = address;
    this.organization = organization;
  }

  /// The same for one organization, as the gateway asks internal services.
  Api of(UUID whose) {
    return new Api(address, whose);
  }

  /// All answers to requests that change something, so far.
  List<Answer> answers() {
    return List.copyOf(answers);
  }

  Answer get(String path) {
    return send("GET", path, "application/json", "");
  }

  Answer json(String method, String path, Map<String, ?> body) {
    return send(method, path, "application/json", JSON.writeValueAsString(body));
  }

  /// A form post of several values of one field.
  Answer form(String path, String field, String... values) {
    return send(
        "POST",
        path,
        "application/x-www-form-urlencoded",
        Stream.of(values)
            .map(value -> encoded(field) + "=" + encoded(value))
            .collect(Collectors.joining("&")));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private Answer send(String method, String path, String mediaType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(LONGEST)
            .header("Content-Type", mediaType)
            .method(method, BodyPublishers.ofString(body));
    if (organization != null) {
      request.header("X-Organization-Id", organization.toString());
    }
    Answer answer = answer(method + " " + path + " " + body, request.build());
    if (!method.equals("GET")) {
      answers.add(answer);
      Journal.REQUESTS.add(answer);
    } else if (answer.status() != 200) {
      Journal.REQUESTS.add(shortened(answer));
    }
    return answer;
  }

  private static Answer answer(String what, HttpRequest request) {
    Instant sent = Instant.now();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString(UTF_8));
      return new Answer(
          what,
          sent,
          Instant.now(),
          response.statusCode(),
          response.headers().firstValue("X-Total-Count").orElse(""),
          response.body());
    } catch (IOException e) {
      return new Answer(what, sent, Instant.now(), 0, "", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in the middle of " + what, e);
    }
  }

  private static Answer shortened(Answer answer) {
    String text = answer.text();
    return new Answer(
        answer.request(),
        answer.sent(),
        answer.answered(),
        answer.status(),
        answer.total(),
        text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
  }
}

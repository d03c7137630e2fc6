package com.cluedin.jobs.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.model.JobTypeId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;

/// The HTTP contract, asked as its clients do.
final class Gateway {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI address;
  private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

  Gateway(URI address) {
    this.address = address;
  }

  GatewayConnection connect() throws IOException {
    return new GatewayConnection(address);
  }

  /// The answer's text; empty while there is nothing to show.
  String find(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request(path).GET().build(), BodyHandlers.ofString(UTF_8));
    return answer.statusCode() == 200 ? answer.body() : "";
  }

  /// How long a list is.
  ///
  /// @throws IOException when the answer is not 200
  long total(String path) throws IOException, InterruptedException {
    return answer(request(path).GET().build())
        .headers()
        .firstValueAsLong("X-Total-Count")
        .orElseThrow();
  }

  /// Triggers each of the job types once.
  void trigger(Collection<JobTypeId> jobTypes) throws IOException {
    try (GatewayConnection gateway = connect()) {
      gateway.trigger(jobTypes);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
  }

  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(UTF_8));
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "%s answers %d: %s".formatted(request.uri(), answer.statusCode(), answer.body()));
    }
    return answer;
  }
}

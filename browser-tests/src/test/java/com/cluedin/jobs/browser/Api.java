package com.cluedin.jobs.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The HTTP contract: how tests put things in place beside the browser, and what they compare with.
record Api(URI address) {

  static final String YEARLY = "0 0 1 1 *";

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /// A configuration's name that no other test uses.
  static String someone() {
    return "Tester " + UUID.randomUUID().toString().substring(0, 8);
  }

  JsonNode get(String path) {
    return JSON.readTree(answer(request(path).GET(), 200).body());
  }

  /// How long the list is.
  long total(String path) {
    return answer(request(path).GET(), 200).headers().firstValueAsLong("X-Total-Count").orElse(-1);
  }

  /// Enables an integration that is due once a year.
  ///
  /// @return the id of its job type, which is in the list by then
  String enable(String queue, String name, String configuration) {
    return enable(queue, name, configuration, YEARLY);
  }

  String enable(String queue, String name, String configuration, String cron) {
    ObjectNode integration =
        JSON.createObjectNode()
            .put("configurationId", UUID.randomUUID().toString())
            .put("organizationId", "e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97")
            .put("userId", UUID.randomUUID().toString())
            .put("providerId", UUID.randomUUID().toString())
            .put("name", name)
            .put("configurationName", configuration)
            .put("cron", cron)
            .put("queue", queue);
    String id =
        send("POST", "/api/v1/integrations", integration.toString(), 202).at("/Id").asString();
    await().ignoreExceptions().until(() -> jobType(id).at("/Id").asString().equals(id));
    return id;
  }

  JsonNode jobType(String id) {
    return get("/api/v1/job-types/" + encoded(id));
  }

  /// Changes the schedule or the policies of a job type.
  void change(String jobTypeId, String change) {
    send("PATCH", "/api/v1/job-types/" + encoded(jobTypeId), change, 200);
  }

  /// Runs a job type now.
  ///
  /// @return the job's id; the read model knows it by then
  String trigger(String jobTypeId) {
    String id = triggered(List.of(jobTypeId)).getFirst();
    await().ignoreExceptions().until(() -> job(id).at("/Id").asString().equals(id));
    return id;
  }

  List<String> trigger(String jobTypeId, int times) {
    List<String> ids =
        IntStream.range(0, times).mapToObj(_ -> triggered(List.of(jobTypeId)).getFirst()).toList();
    await()
        .ignoreExceptions()
        .until(() -> job(ids.getLast()).at("/Id").asString().equals(ids.getLast()));
    return ids;
  }

  /// Runs job types now, each once.
  List<String> triggered(List<String> jobTypeIds) {
    String body =
        String.join("&", jobTypeIds.stream().map(id -> "jobIds[]=" + encoded(id)).toList());
    HttpRequest.Builder request =
        request("/hangfire/recurring/trigger")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    JsonNode answer = JSON.readTree(answer(request, 200).body());
    return elements(answer.at("/triggered")).map(it -> it.at("/jobId").asString()).toList();
  }

  JsonNode job(String id) {
    return get("/api/v1/jobs/" + id);
  }

  /// A job of a new job type that has come as far.
  String awaitStatus(String jobId, String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> job(jobId).at("/Status").asString().equals(status));
    return jobId;
  }

  /// The ids of a list, in its order.
  List<String> ids(String path) {
    return elements(get(path)).map(it -> it.at("/Id").asString()).toList();
  }

  static java.util.stream.Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private JsonNode send(String method, String path, String body, int status) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    return JSON.readTree(answer(request, status).body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
  }

  private static HttpResponse<String> answer(HttpRequest.Builder request, int status) {
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString(UTF_8));
      if (answer.statusCode() != status) {
        throw new AssertionError(answer + " " + answer.body());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

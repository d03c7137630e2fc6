package com.cluedin.jobs.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The HTTP contract, as any client would call it.
record Api(URI address) {

  static final JsonMapper JSON = new JsonMapper();

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer json(String method, String path, String body) {
    return body(method, path, "application/json", body);
  }

  /// A form post.
  ///
  /// @param fields as they stand in the body, encoded
  Answer form(String path, String fields) {
    return body("POST", path, "application/x-www-form-urlencoded", fields);
  }

  Answer body(String method, String path, String mediaType, String body) {
    return send(
        request(path)
            .header("Content-Type", mediaType)
            .method(method, BodyPublishers.ofString(body)));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      var response = HTTP.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  /// Enables an integration that is due once a year.
  ///
  /// @return the id of its job type, which is in the list by then
  String enable(String queue) {
    return enable(integration(queue));
  }

  String enable(ObjectNode integration) {
    Answer answer = json("POST", "/api/v1/integrations", integration.toString());
    if (answer.status() != 202) {
      throw new AssertionError(answer);
    }
    String id = answer.json().get("Id").asString();
    org.awaitility.Awaitility.await().until(() -> jobTypes().anyMatch(isOf(id)));
    return id;
  }

  static ObjectNode integration(String queue) {
    return JSON.createObjectNode()
        .put("configurationId", UUID.randomUUID().toString())
        .put("organizationId", "e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97")
        .put("userId", UUID.randomUUID().toString())
        .put("providerId", UUID.randomUUID().toString())
        .put("name", "HubSpot")
        .put("configurationName", "Tim Ward")
        .put("cron", "0 0 1 1 *")
        .put("queue", queue);
  }

  Stream<JsonNode> jobTypes() {
    return get("/api/v1/hangfire/jobs/crawling").elements();
  }

  JsonNode jobType(String id) {
    return jobTypes().filter(isOf(id)).findFirst().orElseThrow();
  }

  /// Changes the policies of a job type.
  void change(String jobTypeId, String change) {
    Answer answer = json("PATCH", "/api/v1/job-types/" + encoded(jobTypeId), change);
    if (answer.status() != 200) {
      throw new AssertionError(answer);
    }
  }

  /// Runs a job type now.
  ///
  /// @return the job's id
  String trigger(String jobTypeId) {
    Answer answer = form("/hangfire/recurring/trigger", "jobIds[]=" + encoded(jobTypeId));
    if (answer.status() != 200) {
      throw new AssertionError(answer);
    }
    return answer.json().at("/triggered/0/jobId").asString();
  }

  /// The jobs of a job type's configuration, newest first.
  List<JsonNode> jobsOf(String jobTypeId) {
    return get("/api/v1/jobs?take=1000&configurationId=" + configurationOf(jobTypeId))
        .elements()
        .toList();
  }

  /// The newest job of a job type's configuration, waiting until it has the status.
  JsonNode awaitStatus(String jobTypeId, String status) {
    return org.awaitility.Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> jobsOf(jobTypeId).stream().findFirst().orElse(JSON.missingNode()),
            job -> job.path("Status").asString("").equals(status));
  }

  Answer abandon(String jobRunId, String jobId) {
    return json(
        "PATCH",
        "/api/v1/jobs/abandonwork",
        "{\"jobRunId\":\"%s\",\"jobId\":\"%s\"}".formatted(jobRunId, jobId));
  }

  static String configurationOf(String jobTypeId) {
    return jobTypeId.substring(0, jobTypeId.indexOf('|'));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  static String fields(String name, String... ids) {
    return Stream.of(ids).map(id -> name + "=" + encoded(id)).collect(Collectors.joining("&"));
  }

  private static java.util.function.Predicate<JsonNode> isOf(String id) {
    return jobType -> jobType.get("Id").asString().equals(id);
  }

  record Answer(int status, HttpHeaders headers, String text) {

    JsonNode json() {
      return JSON.readTree(text);
    }

    Stream<JsonNode> elements() {
      if (status != 200) {
        throw new AssertionError(this);
      }
      return StreamSupport.stream(json().spliterator(), false);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /// What a problem detail says.
    String detail() {
      if (!header("Content-Type").startsWith("application/problem+json")) {
        throw new AssertionError("not a problem detail: " + this);
      }
      return json().get("detail").asString();
    }
  }
}

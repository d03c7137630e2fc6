package com.cluedin.jobs.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What came of a request.
///
/// @param request method, path and body
/// @param status 0 when there was no answer
/// @param total what the header X-Total-Count says, or nothing
/// @param text the body, or why there was no answer
record Answer(
    String request, Instant sent, Instant answered, int status, String total, String text) {

  private static final JsonMapper JSON = new JsonMapper();

  /// It was done, and the client knows.
  boolean isDone() {
    return status >= 200 && status < 300;
  }

  /// It may have been done or not.
  boolean isUnknown() {
    return status == 0 || status >= 500;
  }

  Duration took() {
    return Duration.between(sent, answered);
  }

  JsonNode json() {
    return JSON.readTree(text);
  }

  /// The body of an answer that has to be there.
  JsonNode found() {
    if (status != 200) {
      throw new AssertionError(this);
    }
    return json();
  }

  Stream<JsonNode> elements() {
    return StreamSupport.stream(found().spliterator(), false);
  }
}

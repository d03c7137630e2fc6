package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// What is asked of a service behind the gateway.
///
/// @param target path and query
/// @param json the body, or null
record Call(HttpMethod method, String target, byte @Nullable [] json) {

  static Call get(String path) {
    return new Call(HttpMethod.GET, path, null);
  }

  /// A GET with those parameters of the query that the service knows, with all their values.
  static Call get(String path, Map<String, List<@Nullable String>> query, String... known) {
    String parameters =
        List.of(known).stream()
            .flatMap(name ->
                query.getOrDefault(name, List.of()).stream()
                    .map(
                        value -> name + "=" + URLEncoder.encode(value == null ? "" : value, UTF_8)))
            .collect(Collectors.joining("&"));
    return get(parameters.isEmpty() ? path : path + "?" + parameters);
  }

  boolean isRead() {
    return method.equals(HttpMethod.GET);
  }
}

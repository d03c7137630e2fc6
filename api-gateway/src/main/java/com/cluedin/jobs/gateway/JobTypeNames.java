package com.cluedin.jobs.gateway;

import static org.springframework.http.MediaType.APPLICATION_FORM_URLENCODED;

import com.cluedin.jobs.service.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;

/// The ids by which clients name job types, in the spellings they use.
final class JobTypeNames {

  private static final List<String> FIELDS = List.of("jobIds[]", "jobIds", "jobs[]");
  private static final int MOST = 1_000;

  private JobTypeNames() {}

  /// The ids of the request's form, each once.
  ///
  /// @return the error {@link Refusal} 400 when there is none, or too many; 413 and 415 when it is
  ///   no form to read
  static Mono<List<String>> in(ServerWebExchange exchange) {
    requireForm(exchange.getRequest().getHeaders());
    return exchange
        .getFormData()
        .onErrorMap(DataBufferLimitException.class, ContentTooLargeException::new)
        .onErrorMap(
            fault ->
                fault instanceof IllegalArgumentException || fault instanceof DecodingException,
            fault -> Refusal.badRequest("The form cannot be read: " + fault.getMessage()))
        .map(JobTypeNames::in);
  }

  /// The ids of a form, each once.
  ///
  /// @throws Refusal 400 when there is none, or too many
  static List<String> in(Map<String, List<@Nullable String>> form) {
    List<String> ids =
        FIELDS.stream()
            .flatMap(field -> form.getOrDefault(field, List.of()).stream())
            .flatMap(Stream::ofNullable)
            .map(JobTypeNames::plain)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      throw Refusal.badRequest(
          "No job type is named: send a form with its id in jobIds[], once for each.");
    }
    if (ids.size() > MOST) {
      throw Refusal.badRequest(
          "%d job types are named; at most %d at once.".formatted(ids.size(), MOST));
    }
    return ids;
  }

  private static void requireForm(HttpHeaders headers) {
    try {
      MediaType type = headers.getContentType();
      if (type == null || type.isCompatibleWith(APPLICATION_FORM_URLENCODED)) {
        return; // nothing at all is a form without ids
      }
    } catch (InvalidMediaTypeException e) {
      // it is no form either
    }
    throw new UnsupportedMediaTypeStatusException(
        headers.getFirst(HttpHeaders.CONTENT_TYPE), List.of(APPLICATION_FORM_URLENCODED));
  }

  /// The id as it is, where it arrived percent-encoded once more.
  static String plain(String id) {
    return id.strip().replaceAll("%7[Cc]", "|");
  }

  /// The same for all values of a parameter of the query, of which each may be absent.
  static List<String> plain(List<@Nullable String> ids) {
    return ids.stream().map(id -> id == null ? "" : plain(id)).toList();
  }
}

package com.cluedin.jobs.service;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/// A request that is not done, with a sentence a person can act on. It becomes a problem detail
/// (RFC 9457).
public class Refusal extends ErrorResponseException {

  private Refusal(HttpStatus status, String detail, Map<String, Object> properties) {
    super(status, problem(status, detail, properties), null);
  }

  /// 400: the request itself is wrong.
  public static Refusal badRequest(String detail) {
    return new Refusal(HttpStatus.BAD_REQUEST, detail, Map.of());
  }

  /// 400 with more about the error.
  public static Refusal badRequest(String detail, Map<String, Object> properties) {
    return new Refusal(HttpStatus.BAD_REQUEST, detail, properties);
  }

  /// 403: this caller may not do that.
  public static Refusal forbidden(String detail) {
    return new Refusal(HttpStatus.FORBIDDEN, detail, Map.of());
  }

  /// 404: it is not there, or not the caller's; the two look the same.
  public static Refusal notFound(String detail) {
    return new Refusal(HttpStatus.NOT_FOUND, detail, Map.of());
  }

  /// 404 with more about the error.
  public static Refusal notFound(String detail, Map<String, Object> properties) {
    return new Refusal(HttpStatus.NOT_FOUND, detail, properties);
  }

  /// 409: it cannot be done to the thing as it is now.
  public static Refusal conflict(String detail, Map<String, Object> properties) {
    return new Refusal(HttpStatus.CONFLICT, detail, properties);
  }

  /// 503: not now.
  public static Refusal unavailable(String detail) {
    Refusal refusal = new Refusal(HttpStatus.SERVICE_UNAVAILABLE, detail, Map.of());
    refusal
        .getHeaders()
        .set(HttpHeaders.RETRY_AFTER, String.valueOf(Problems.RETRY_AFTER.toSeconds()));
    return refusal;
  }

  private static ProblemDetail problem(
      HttpStatus status, String detail, Map<String, Object> properties) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("about:blank"));
    properties.forEach(problem::setProperty);
    return problem;
  }
}

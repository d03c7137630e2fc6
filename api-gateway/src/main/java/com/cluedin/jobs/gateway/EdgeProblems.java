package com.cluedin.jobs.gateway;

import com.cluedin.jobs.service.Problems;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/// Says what is wrong with a request that fits no call, and what would fit.
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class EdgeProblems {

  @ExceptionHandler({
    NoResourceFoundException.class,
    MethodNotAllowedException.class,
    UnsupportedMediaTypeStatusException.class,
    ContentTooLargeException.class
  })
  ResponseEntity<ProblemDetail> onUnfit(ResponseStatusException unfit, ServerHttpRequest request) {
    ProblemDetail problem = unfit.getBody();
    problem.setDetail(detail(unfit, request));
    return ResponseEntity.status(unfit.getStatusCode()).headers(unfit.getHeaders()).body(problem);
  }

  @ExceptionHandler
  ResponseEntity<Object> onAway(UpstreamAway away) {
    return Problems.unavailable(String.valueOf(away.getMessage()));
  }

  private static String detail(ResponseStatusException unfit, ServerHttpRequest request) {
    return switch (unfit) {
      case MethodNotAllowedException wrong ->
          "%s is not possible here; %s is."
              .formatted(wrong.getHttpMethod(), joined(wrong.getSupportedMethods()));
      case UnsupportedMediaTypeStatusException wrong ->
          "Send the body as %s, not as %s."
              .formatted(joined(wrong.getSupportedMediaTypes()), wrong.getContentType());
      case ContentTooLargeException _ -> "The body is too large: at most 256 KiB are read.";
      default ->
          "There is nothing at %s. The calls are described at /swagger-ui.html."
              .formatted(request.getPath());
    };
  }

  private static String joined(Iterable<?> things) {
    return StreamSupport.stream(things.spliterator(), false)
        .map(String::valueOf)
        .sorted()
        .collect(Collectors.joining(" or "));
  }
}

package com.cluedin.jobs.service;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.KafkaException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;

/// Where all errors meet and become problem details: no stack trace, no SQL, always something a
/// person can act on.
@RestControllerAdvice
public class Problems extends ResponseEntityExceptionHandler {

  /// When a caller may try again after a 503.
  public static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  /// The answer while something this service stands on is away.
  public static ResponseEntity<Object> unavailable(String detail) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_AFTER.toSeconds()))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
  }

  @Override
  protected Mono<ResponseEntity<Object>> handleServerWebInputException(
      ServerWebInputException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      ServerWebExchange exchange) {
    ex.getBody().setDetail(reasonFor(ex));
    return super.handleServerWebInputException(ex, headers, status, exchange);
  }

  @ExceptionHandler({
    TransientDataAccessException.class,
    NonTransientDataAccessResourceException.class,
    TransactionException.class,
    KafkaException.class,
    TimeoutException.class
  })
  ResponseEntity<Object> onPassingFault(Exception fault) {
    log.warn("not available: {}", fault.toString());
    return unavailable("A part this service stands on does not answer. Please try again.");
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<Object> onDefect(Exception defect, ServerWebExchange exchange) {
    log.error("request {} failed", exchange.getRequest().getId(), defect);
    return ResponseEntity.internalServerError()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "This should not have happened. The log tells more under request "
                    + exchange.getRequest().getId()));
  }

  private static String reasonFor(ServerWebInputException ex) {
    Throwable cause = ex.getMostSpecificCause();
    String told = cause == ex ? ex.getReason() : cause.getMessage();
    if (told == null) {
      return "The request cannot be read.";
    }
    int sourceNote = told.indexOf("\n at [Source");
    return sourceNote < 0 ? told : told.substring(0, sourceNote);
  }
}

package com.cluedin.jobs.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Turns what the door refuses into problem details; no controller has seen such requests.
@Component
@Order(-2) // before Spring Boot's own, which knows no problem details
class EdgeErrors implements WebExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(EdgeErrors.class);

  private final JsonMapper json;

  EdgeErrors(JsonMapper json) {
    this.json = json;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable fault) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(fault)) {
      return Mono.error(fault);
    }
    ProblemDetail problem;
    if (fault instanceof ErrorResponse refusal) {
      problem = refusal.getBody();
      response.getHeaders().addAll(refusal.getHeaders());
    } else {
      log.error("request {} failed", exchange.getRequest().getId(), fault);
      problem =
          ProblemDetail.forStatusAndDetail(
              HttpStatus.INTERNAL_SERVER_ERROR,
              "This should not have happened. The log tells more under request "
                  + exchange.getRequest().getId());
    }
    response.setRawStatusCode(problem.getStatus());
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    byte[] body = json.writeValueAsBytes(problem);
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
  }
}

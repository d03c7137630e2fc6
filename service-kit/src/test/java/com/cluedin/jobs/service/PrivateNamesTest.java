package com.cluedin.jobs.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

class PrivateNamesTest {

  private static final WebFilterChain ON = exchange -> exchange.getResponse().setComplete();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8081",
        "127.0.0.1:24001",
        "[::1]:8081",
        "scheduler-1:8081",
        "tracker",
        "tracker.jobs.svc:8082",
        "tracker.jobs.svc.cluster.local"
      })
  void answersToPrivateNames(String host) {
    assertThatCode(() -> asked(host).block()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8081", "127.0.0.1.evil.example", "", "a b"})
  void refusesNamesSomebodyMayOwn(String host) {
    assertThatThrownBy(() -> asked(host).block())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("private");
  }

  private static Mono<Void> asked(String host) {
    return new PrivateNames()
        .filter(
            MockServerWebExchange.from(
                MockServerHttpRequest.get("/job-types").header(HttpHeaders.HOST, host)),
            ON);
  }
}

package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.service.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class OwnPagesTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:8080,   http://localhost:8080,     true",
    "jobs.example,     https://jobs.example,      true",
    "jobs.example:443, https://jobs.example,      true",
    "Jobs.Example:80,  http://jobs.example,       true",
    "localhost:8080,   http://localhost:3000,     false",
    "localhost:8080,   http://evil.example,       false",
    "localhost:8080,   http://evil.example/localhost:8080, false",
    "jobs.example:80,  https://jobs.example,      false",
    "localhost:8080,   null,                      false",
    "localhost:8080,   file://,                   false",
  })
  void aChangeComesFromAPageOfTheSameHost(String host, String origin, boolean in) {
    assertThat(letsIn(HttpMethod.POST, "Host", host, "Origin", origin)).isEqualTo(in);
    assertThat(letsIn(HttpMethod.DELETE, "Host", host, "Origin", origin)).isEqualTo(in);
    assertThat(letsIn(HttpMethod.GET, "Host", host, "Origin", origin)).isTrue();
  }

  @Test
  void whatABrowserCallsCrossSiteIsRefused() {
    assertThat(letsIn(HttpMethod.PATCH, "Host", "h", "Sec-Fetch-Site", "cross-site")).isFalse();
    assertThat(letsIn(HttpMethod.PATCH, "Host", "h", "Sec-Fetch-Site", "same-origin")).isTrue();
    assertThat(letsIn(HttpMethod.GET, "Host", "h", "Sec-Fetch-Site", "cross-site")).isTrue();
    assertThat(letsIn(HttpMethod.POST, "Host", "h", "User-Agent", "curl/8")).isTrue();
  }

  private static boolean letsIn(
      HttpMethod method, String name, String value, String otherName, String otherValue) {
    MockServerHttpRequest request =
        MockServerHttpRequest.method(method, "/")
            .header(name, value)
            .header(otherName, otherValue)
            .build();
    return Boolean.TRUE.equals(
        new OwnPages()
            .filter(MockServerWebExchange.from(request), _ -> Mono.empty())
            .thenReturn(true)
            .onErrorReturn(Refusal.class, false)
            .block());
  }
}

package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "/a/b;c=d,e:f@g?h=%7C&i=j%2f+k?l[]='m'~",
        "http://localhost:8080/a?b",
        "/v3/api-docs"
      })
  void whatIsLegalStays(String target) {
    assertThat(RequestTargets.encoded(target)).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "/a|b?c|d,   /a%7Cb?c%7Cd",
    "/[a]?[b],   /%5Ba%5D?[b]",
    "/{\"}\\^`<>, /%7B%22%7D%5C%5E%60%3C%3E",
    "/a#b,       /a%23b",
    "/\u00c3\u00bc, /%C3%BC"
  })
  void whatIsNotIsEncoded(String target, String encoded) {
    assertThat(RequestTargets.encoded(target)).isEqualTo(encoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%4", "/%zz", "/a?%4g", "/%%41"})
  void escapesThatAreNoneAreNotGuessed(String target) {
    assertThat(RequestTargets.encoded(target)).isNull();
  }

  @Test
  void whateverComesOutIsAUri() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder target = new StringBuilder("/");
      random.ints(12, 0x01, 0x100).forEach(c -> target.append((char) (c == '%' ? '?' : c)));
      String encoded = RequestTargets.encoded(target.toString());
      assertThat(URI.create("http://localhost" + encoded).getRawFragment()).isNull();
    }
  }
}

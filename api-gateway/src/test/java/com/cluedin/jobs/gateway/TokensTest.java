package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// How long a token is accepted.
class TokensTest {

  @Test
  void aTokenIsAcceptedForAMinuteAfterItExpired() {
    assertThat(Tokens.until(Instant.parse("9999-12-31T23:59:59Z")))
        .isEqualTo(Instant.parse("+10000-01-01T00:00:59Z"));
    assertThat(Tokens.until(Instant.MAX)).isEqualTo(Instant.MAX);
  }
}

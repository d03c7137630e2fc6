package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.gateway.RunningGateway.Reply;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Keys that are elsewhere and come late, and an organization in a claim of another name.
class AbsentIssuerIT {

  @Test
  void tokensAreCheckedAsSoonAsTheKeysCanBeHad() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    String organization = UUID.randomUUID().toString();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
            new JWTClaimsSet.Builder()
                .issuer("https://issuer.example")
                .audience("crawl-jobs")
                .claim("org", organization)
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build());
    token.sign(new RSASSASigner(key));
    String bearer = "Bearer " + token.serialize();
    try (StandIn keys = new StandIn();
        StandIn scheduler = new StandIn()) {
      scheduler.answers("GET /job-types", 200, "[]");
      keys.answers("GET /k", 200, new JWKSet(key.toPublicJWK()).toString());
      keys.goAway();
      try (RunningGateway gateway =
          RunningGateway.start(
              scheduler.url(),
              scheduler.url(),
              "--AUTH_ISSUER=https://issuer.example",
              "--AUTH_AUDIENCE=crawl-jobs",
              "--AUTH_JWKS_URI=" + keys.url() + "/k",
              "--AUTH_ORGANIZATION_CLAIM=org")) {
        Reply away = gateway.get("/api/v1/hangfire/jobs/crawling", "Authorization", bearer);
        assertThat(away.status()).as(away.body()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isEqualTo("2");
        assertThat(away.detail()).contains("issuer does not answer");
        keys.comeBack();
        Reply there = gateway.get("/api/v1/hangfire/jobs/crawling", "Authorization", bearer);
        assertThat(there.status()).as(there.body()).isEqualTo(200);
        assertThat(scheduler.lastAsked().headers().get("X-organization-id"))
            .containsExactly(organization);
        assertThat(gateway.management("/actuator/health/readiness").status()).isEqualTo(200);
      }
    }
  }
}

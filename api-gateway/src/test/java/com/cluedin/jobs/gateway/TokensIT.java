package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.gateway.RunningGateway.Reply;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens of a real issuer: a key pair, a description, a set of keys.
class TokensIT {

  private static final UUID OWN = UUID.fromString("e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97");
  private static final UUID FOREIGN = UUID.fromString("5b593555-7575-4a85-95f1-53b727ae061e");
  private static final String LIST = "/api/v1/hangfire/jobs/crawling";

  private static StandIn issuer;
  private static StandIn scheduler;
  private static RunningGateway gateway;
  private static RSAKey key;
  private static RSAKey unknownKey;
  private static ECKey curve;

  @BeforeAll
  static void start() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("r").generate();
    unknownKey = new RSAKeyGenerator(2048).keyID("r").generate();
    curve = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
    issuer = new StandIn();
    issuer.answers(
        "GET /.well-known/openid-configuration",
        200,
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer.url(), issuer.url()));
    issuer.answers(
        "GET /keys", 200, new JWKSet(List.of(key.toPublicJWK(), curve.toPublicJWK())).toString());
    scheduler = new StandIn();
    scheduler.answers("GET /job-types", 200, "[]");
    gateway =
        RunningGateway.start(
            scheduler.url(),
            scheduler.url(),
            "--server.address=0.0.0.0",
            "--AUTH_ISSUER=" + issuer.url(),
            "--AUTH_AUDIENCE=crawl-jobs");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    scheduler.close();
    issuer.close();
  }

  @BeforeEach
  void forget() {
    scheduler.asked().clear();
  }

  @Test
  void filesAreOpen() {
    String page = gateway.get("/").body();
    String app = page.replaceFirst("(?s).*src=\"(/assets/[^\"]+)\".*", "$1");
    for (String file : List.of("/jobs", app, "/swagger-ui/index.html", "/v3/api-docs")) {
      assertThat(gateway.get(file).status()).as(file).isEqualTo(200);
    }
    assertThat(gateway.get(LIST).status()).isEqualTo(401);
  }

  @Test
  void theOrganizationOfTheTokenTravelsAndNoOther() throws JOSEException {
    for (String token : List.of(rsa(claims()), ec(claims()), rsaOfType("at+jwt"))) {
      Reply reply = gateway.get(LIST, bearer(token, "X-Organization-Id", FOREIGN.toString()));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(scheduler.lastAsked().headers().get("X-organization-id"))
          .containsExactly(OWN.toString());
      assertThat(scheduler.lastAsked().headers()).doesNotContainKey("Authorization");
    }
  }

  @Test
  void withoutATokenNobodyComesIn() {
    Reply reply = gateway.get(LIST);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.detail()).contains("token is needed");
    assertThat(gateway.get("/nothing/here").status()).isEqualTo(401);
    assertThat(gateway.form("/hangfire/recurring/trigger", "jobIds=a").status()).isEqualTo(401);
    assertThat(gateway.get("/v3/api-docs").json().at("/components/securitySchemes/token/scheme"))
        .hasToString("\"bearer\"");
    assertThat(scheduler.asked()).isEmpty();
  }

  @Test
  void badTokensAreRefused() throws JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet.Builder expired = claims().expirationTime(Date.from(now.minusSeconds(120)));
    JWTClaimsSet.Builder early = claims().notBeforeTime(Date.from(now.plusSeconds(300)));
    String good = rsa(claims());
    List<String> bad =
        List.of(
            rsa(expired),
            rsa(early),
            rsa(claims().expirationTime(null)),
            rsa(claims().audience("another")),
            rsa(claims().audience((String) null)),
            rsa(claims().issuer("http://another")),
            rsa(claims().issuer(null)),
            sign(JWSAlgorithm.RS256, "r", new RSASSASigner(unknownKey), claims()),
            sign(JWSAlgorithm.RS512, "r", new RSASSASigner(key), claims()),
            sign(JWSAlgorithm.PS256, "r", new RSASSASigner(key), claims()),
            sign(
                JWSAlgorithm.HS256,
                "r",
                new MACSigner(
                    key.toPublicJWK().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                claims()),
            new PlainJWT(claims().build()).serialize(),
            rsaOfType("logout+jwt"),
            good.substring(0, good.length() - 8) + "AAAAAAAA",
            "nonsense");
    for (String token : bad) {
      Reply reply = gateway.get(LIST, bearer(token));
      assertThat(reply.status()).as(token + reply.body()).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).contains("invalid_token");
      assertThat(reply.detail()).contains("not accepted");
    }
    assertThat(gateway.get(LIST + "?access_token=" + good).status()).isEqualTo(401);
    assertThat(gateway.get(LIST, "Authorization", "Basic YTpi").status()).isEqualTo(401);
    assertThat(scheduler.asked()).isEmpty();
  }

  @Test
  void aTokenWithoutAnOrganizationSeesNothing() throws JOSEException {
    for (String organization : new String[] {null, "*", ""}) {
      Reply reply = gateway.get(LIST, bearer(rsa(claims().claim("organization_id", organization))));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.detail()).contains("organization_id");
    }
    assertThat(scheduler.asked()).isEmpty();
  }

  @Test
  void anotherOrganizationsIntegrationIsNotEnabled() throws JOSEException {
    Reply foreign =
        gateway.json("POST", "/api/v1/integrations", integration(FOREIGN), bearer(rsa(claims())));
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.detail()).contains("organizationId must be your own");
    Reply own =
        gateway.json("POST", "/api/v1/integrations", integration(OWN), bearer(rsa(claims())));
    assertThat(own.status()).as(own.body()).isEqualTo(202);
  }

  @Test
  void withATokenTooPagesFromElsewhereChangeNothing() throws JOSEException {
    Reply reply =
        gateway.form(
            "/hangfire/recurring/trigger",
            "jobIds=a",
            bearer(rsa(claims()), "Origin", "http://evil.example"));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(scheduler.asked()).isEmpty();
  }

  private static String integration(UUID organization) {
    return """
    {"configurationId":"%s","organizationId":"%s","userId":"%s","providerId":"%s","name":"HubSpot"}\
    """
        .formatted(UUID.randomUUID(), organization, OWN, OWN);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.url())
        .audience(List.of("another", "crawl-jobs"))
        .subject("somebody")
        .claim("organization_id", OWN.toString())
        .expirationTime(Date.from(Instant.now().plusSeconds(60)));
  }

  private static String rsa(JWTClaimsSet.Builder claims) throws JOSEException {
    return sign(JWSAlgorithm.RS256, "r", new RSASSASigner(key), claims);
  }

  private static String ec(JWTClaimsSet.Builder claims) throws JOSEException {
    return sign(JWSAlgorithm.ES256, "e", new ECDSASigner(curve), claims);
  }

  private static String rsaOfType(String type) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("r")
                .type(new JOSEObjectType(type))
                .build(),
            claims().build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static String sign(
      JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet.Builder claims)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims.build());
    token.sign(signer);
    return token.serialize();
  }

  private static String[] bearer(String token, String... others) {
    String[] all = java.util.Arrays.copyOf(others, others.length + 2);
    all[others.length] = "Authorization";
    all[others.length + 1] = "Bearer " + token;
    return all;
  }
}

package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.gateway.LiveClient.Heard;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who sees what of the live stream, with authentication.
class LiveOrganizationsIT {

  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  private static StandIn issuer;
  private static StandIn tracker;
  private static RSAKey key;
  private static LogWriter log;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("r").generate();
    issuer = new StandIn();
    issuer.answers(
        "GET /.well-known/openid-configuration",
        200,
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(issuer.url(), issuer.url()));
    issuer.answers("GET /keys", 200, new JWKSet(key.toPublicJWK()).toString());
    tracker = new StandIn();
    log = new LogWriter(Backing.shared().kafkaBootstrapServers());
    gateway = startGateway();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    log.close();
    tracker.close();
    issuer.close();
  }

  @Test
  void eachOrganizationSeesItsOwnAlone() throws JOSEException {
    try (LiveClient one = LiveClient.open(gateway, bearer(ONE, 60)).greeted();
        LiveClient other = LiveClient.open(gateway, bearer(OTHER, 60)).greeted()) {
      UUID ofOne = log.queue(ONE, "default", "HubSpot");
      UUID ofOther = log.queue(OTHER, "default", "Salesforce");
      JobTypeId typeOfOne = decided(ONE);
      JobTypeId typeOfOther = decided(OTHER);
      log.start(ofOne);
      log.start(ofOther);
      awaitStarted(one, ofOne);
      awaitStarted(other, ofOther);
      UUID configuration = UUID.randomUUID();
      log.write(Topics.INTEGRATIONS, new IntegrationDisabled(configuration, null, Instant.now()));
      one.first(event -> jobTypes(event).contains("*"), Duration.ofSeconds(5));
      assertThat(all(one))
          .contains(ofOne.toString(), typeOfOne.toString())
          .doesNotContain(ofOther.toString(), typeOfOther.toString(), configuration.toString());
      assertThat(all(other))
          .contains(ofOther.toString(), typeOfOther.toString())
          .doesNotContain(ofOne.toString(), typeOfOne.toString(), configuration.toString());
    }
  }

  @Test
  void whatWasQueuedBeforeIsToldByTheTracker() throws JOSEException {
    trackerSays(OTHER);
    try (LiveClient one = LiveClient.open(gateway, bearer(ONE, 60)).greeted();
        LiveClient other = LiveClient.open(gateway, bearer(OTHER, 60)).greeted()) {
      UUID job = JobIds.ofRequest(Instant.now());
      log.write(Topics.JOB_EVENTS, new JobProgressed(job, 1, 5, Instant.now()));
      other.job(job);
      log.write(Topics.JOB_EVENTS, new JobProgressed(job, 1, 6, Instant.now()));
      other.first(
          event ->
              event.jobs().contains(job.toString()) && event.job(job).get("Progress").asInt() == 6,
          Duration.ofSeconds(5));
      assertThat(all(one)).doesNotContain(job.toString());
      assertThat(tracker.asked().stream().filter(asked -> asked.target().contains(job.toString())))
          .singleElement()
          .satisfies(asked -> assertThat(asked.headers()).doesNotContainKey("X-organization-id"));
    } finally {
      trackerKnowsNothing();
    }
  }

  @Test
  void aRunOfNobodyKnowsWhomIsHeldBackUntilItIsKnown() throws JOSEException {
    trackerKnowsNothing();
    try (LiveClient one = LiveClient.open(gateway, bearer(ONE, 60)).greeted()) {
      UUID job = log.start();
      UUID later = log.queue(ONE, "default", "HubSpot");
      one.job(later);
      assertThat(one.jobs()).doesNotContain(job.toString());
      trackerSays(ONE);
      one.job(job);
    } finally {
      trackerKnowsNothing();
    }
  }

  @Test
  void whoComesBackToAGatewayThatWasStartedAgainSeesItsOwnAlone() throws JOSEException {
    String id;
    try (LiveClient one = LiveClient.open(gateway, bearer(ONE, 60)).greeted()) {
      id = one.lastId();
    }
    gateway.close();
    UUID ofOne = log.queue(ONE, "default", "HubSpot");
    UUID ofOther = log.queue(OTHER, "default", "Salesforce");
    gateway = startGateway();
    try (LiveClient one = LiveClient.after(id, gateway, bearer(ONE, 60))) {
      one.job(ofOne);
      assertThat(all(one)).doesNotContain(ofOther.toString());
    }
  }

  /// What was withheld for want of knowledge must not be passed over silently.
  @Test
  void whoCannotBeToldWhatItMissedReadsEverythingAgain() throws JOSEException {
    String id;
    try (LiveClient one = LiveClient.open(gateway, bearer(ONE, 60)).greeted()) {
      id = one.lastId();
    }
    gateway.close();
    log.start();
    gateway = startGateway();
    try (LiveClient one = LiveClient.after(id, gateway, bearer(ONE, 60))) {
      one.first("reset");
    }
  }

  @Test
  void aStreamEndsWhenItsTokenIsNotAcceptedAnyMore() throws JOSEException {
    try (LiveClient one = LiveClient.open(gateway, bearer(ONE, -56)).greeted()) {
      await().atMost(Duration.ofSeconds(6)).until(one::hasEnded);
    }
    assertThat(gateway.get("/api/v1/live", bearer(ONE, -61)).status()).isEqualTo(401);
    assertThat(gateway.get("/api/v1/live").status()).isEqualTo(401);
  }

  private static RunningGateway startGateway() {
    return RunningGateway.start(
        tracker.url(),
        tracker.url(),
        "--server.address=0.0.0.0",
        "--AUTH_ISSUER=" + issuer.url(),
        "--AUTH_AUDIENCE=crawl-jobs");
  }

  private static void awaitStarted(LiveClient client, UUID job) {
    client.first(
        event ->
            event.jobs().contains(job.toString())
                && event.job(job).get("Status").asString().equals("Executing"),
        Duration.ofSeconds(10));
  }

  private static JobTypeId decided(UUID organization) {
    JobTypeId type = new JobTypeId(UUID.randomUUID(), organization, UUID.randomUUID());
    Instant now = Instant.now();
    log.write(
        Topics.SCHEDULE_DECISIONS,
        new OccurrenceDecided(type, now, Decision.MISSED, null, null, TimeSpan.ZERO, null, now));
    return type;
  }

  private static void trackerSays(UUID organization) {
    tracker.answers("GET /jobs/detail", 200, "{\"OrganizationId\":\"%s\"}".formatted(organization));
  }

  private static void trackerKnowsNothing() {
    tracker.answers("GET /jobs/detail", 404, "{}");
  }

  private static String all(LiveClient client) {
    return client.heard().toString();
  }

  private static String jobTypes(Heard event) {
    return event.data().path("JobTypes").toString();
  }

  private static String[] bearer(UUID organization, int seconds) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r").build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer.url())
                .audience("crawl-jobs")
                .subject("somebody")
                .claim("organization_id", organization.toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                .build());
    token.sign(new RSASSASigner(key));
    return new String[] {"Authorization", "Bearer " + token.serialize()};
  }
}

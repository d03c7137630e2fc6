package com.cluedin.jobs.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the gateway works.
///
/// @param schedulerUrl base URLs of the schedulers, the preferred one first
/// @param trackerUrl base URLs of the trackers, the preferred one first
/// @param connectTimeout how long reaching an instance may take
/// @param answerTimeout how long an answer may take; a GET shares it among the instances
/// @param localPeers addresses which are this machine too, without authentication: that of a
///   container network's bridge, through which a port published on 127.0.0.1 arrives
/// @param auth whose tokens are accepted
@ConfigurationProperties("gateway")
record GatewaySettings(
    List<URI> schedulerUrl,
    List<URI> trackerUrl,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("10s") Duration answerTimeout,
    @DefaultValue List<String> localPeers,
    @DefaultValue Auth auth) {

  GatewaySettings {
    requireHttp("SCHEDULER_URL", schedulerUrl);
    requireHttp("TRACKER_URL", trackerUrl);
  }

  private static void requireHttp(String setting, List<URI> urls) {
    if (urls.isEmpty() || urls.stream().anyMatch(url -> !isHttp(url))) {
      throw new IllegalArgumentException(
          setting + " must be base URLs like http://localhost:8081, joined by commas, not " + urls);
    }
  }

  private static boolean isHttp(URI url) {
    return url.getHost() != null
        && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
  }

  /// Whose tokens are accepted. Issuer and audience make authentication; without both there is
  /// none.
  ///
  /// @param issuer the `iss` of accepted tokens, and where its keys are found
  /// @param audience what must be among a token's `aud`
  /// @param jwksUri where the issuer's keys are; null: as the issuer's own description says
  /// @param organizationClaim the claim that holds the caller's organization
  record Auth(
      @Nullable String issuer,
      @Nullable String audience,
      @Nullable String jwksUri,
      @DefaultValue("organization_id") String organizationClaim) {

    Auth {
      issuer = blankAsNull(issuer);
      audience = blankAsNull(audience);
      jwksUri = blankAsNull(jwksUri);
    }

    private static @Nullable String blankAsNull(@Nullable String text) {
      return text == null || text.isBlank() ? null : text.strip();
    }
  }
}

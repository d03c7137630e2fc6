package com.cluedin.jobs.gateway;

import static java.util.Objects.requireNonNull;
import static org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.ES256;
import static org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.RS256;

import com.cluedin.jobs.gateway.GatewaySettings.Auth;
import com.cluedin.jobs.service.Problems;
import com.cluedin.jobs.service.Refusal;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder.JwkSetUriReactiveJwtDecoderBuilder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/// Accepts the tokens of one issuer for one audience, and takes the caller's organization from
/// them.
final class Tokens {

  private static final Logger log = LoggerFactory.getLogger(Tokens.class);

  /// How much clocks may differ: a token is accepted for so long after it expired.
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

  private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(5);

  private final String issuer;
  private final String audience;
  private final Auth auth;

  private Tokens(String issuer, String audience, Auth auth) {
    this.issuer = issuer;
    this.audience = audience;
    this.auth = auth;
  }

  /// @throws StartRefusal when one of issuer and audience is missing
  static Tokens of(Auth auth) {
    if (auth.issuer() == null || auth.audience() == null) {
      throw new StartRefusal(
          "Authentication is half configured: "
              + (auth.issuer() == null ? "AUTH_ISSUER" : "AUTH_AUDIENCE")
              + " is missing.",
          "Set both AUTH_ISSUER and AUTH_AUDIENCE, or neither.");
    }
    return new Tokens(auth.issuer(), auth.audience(), auth);
  }

  /// Keys are fetched when the first token comes, so the issuer may be away at the start.
  ReactiveJwtDecoder decoder() {
    JwkSetUriReactiveJwtDecoderBuilder builder =
        auth.jwksUri() == null
            ? NimbusReactiveJwtDecoder.withIssuerLocation(issuer)
            : NimbusReactiveJwtDecoder.withJwkSetUri(auth.jwksUri());
    NimbusReactiveJwtDecoder decoder =
        builder.jwsAlgorithm(RS256).jwsAlgorithm(ES256).webClient(boundedClient()).build();
    decoder.setJwtValidator(validator());
    return token ->
        decoder
            .decode(token)
            .onErrorMap(
                fault -> !(fault instanceof JwtException),
                fault -> new JwtException("The keys of " + issuer + " cannot be read", fault));
  }

  /// 401, or 503 when the issuer's keys cannot be had.
  Mono<Void> refuse(ServerWebExchange exchange, AuthenticationException fault) {
    if (fault instanceof AuthenticationServiceException) {
      log.warn("no token can be checked: {}", String.valueOf(fault.getCause()));
      return Mono.error(
          refusal(
              HttpStatus.SERVICE_UNAVAILABLE,
              "Tokens cannot be checked now: the issuer does not answer. Please try again.",
              HttpHeaders.RETRY_AFTER,
              String.valueOf(Problems.RETRY_AFTER.toSeconds())));
    }
    boolean none = !exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
    return Mono.error(
        refusal(
            HttpStatus.UNAUTHORIZED,
            none
                ? "A token is needed: Authorization: Bearer <token of " + issuer + ">."
                : "The token is not accepted: " + fault.getMessage(),
            HttpHeaders.WWW_AUTHENTICATE,
            none ? "Bearer" : "Bearer error=\"invalid_token\""));
  }

  /// Lets the request go on, on behalf of its token's organization.
  Mono<Void> letCallerIn(ServerWebExchange exchange, WebFilterChain chain) {
    return ReactiveSecurityContextHolder.getContext()
        .mapNotNull(context -> context.getAuthentication())
        .ofType(JwtAuthenticationToken.class)
        .doOnNext(token -> callerOf(token.getToken()).enter(exchange))
        .then(chain.filter(exchange));
  }

  private Caller callerOf(Jwt token) {
    Object claim = token.getClaims().get(auth.organizationClaim());
    UUID organization = claim instanceof String text ? Guid.parse(text) : null;
    if (organization == null) {
      throw Refusal.forbidden(
          "The token names no organization: its claim %s must be a Guid."
              .formatted(auth.organizationClaim()));
    }
    return new Caller(
        organization, token.getSubject(), until(requireNonNull(token.getExpiresAt())));
  }

  static Instant until(Instant expiry) {
    return expiry.isAfter(Instant.MAX.minus(CLOCK_SKEW)) ? Instant.MAX : expiry.plus(CLOCK_SKEW);
  }

  private OAuth2TokenValidator<Jwt> validator() {
    JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt");
    type.setAllowEmpty(true);
    JwtTimestampValidator timestamps = new JwtTimestampValidator(CLOCK_SKEW);
    timestamps.setAllowEmptyExpiryClaim(false);
    return JwtValidators.createDefaultWithValidators(
        type,
        timestamps,
        new JwtIssuerValidator(issuer),
        new JwtClaimValidator<List<String>>(
            JwtClaimNames.AUD, aud -> aud != null && aud.contains(audience)));
  }

  private static WebClient boundedClient() {
    HttpClient client =
        HttpClient.create()
            .responseTimeout(KEYS_TIMEOUT)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) KEYS_TIMEOUT.toMillis());
    return WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).build();
  }

  private static ErrorResponseException refusal(
      HttpStatus status, String detail, String header, String value) {
    ErrorResponseException refusal =
        new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    refusal.getHeaders().set(header, value);
    return refusal;
  }
}

package com.cluedin.jobs.gateway;

import static org.springframework.security.config.web.server.SecurityWebFiltersOrder.AUTHORIZATION;
import static org.springframework.security.config.web.server.SecurityWebFiltersOrder.CORS;
import static org.springframework.security.config.web.server.SecurityWebFiltersOrder.CSRF;
import static org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.pathMatchers;

import com.cluedin.jobs.gateway.GatewaySettings.Auth;
import com.cluedin.jobs.service.Refusal;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import reactor.core.publisher.Mono;

/// Who may come in: with authentication, whoever has a token; without, this machine alone. The
/// health endpoints have a port of their own and are not behind this door.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class Door {

  /// Files that are the same for everybody: the description and the dashboard, which asks for all
  /// it shows as whoever looks at it.
  private static final String[] FILES = {
    "/v3/api-docs/**",
    "/swagger-ui.html",
    "/swagger-ui/**",
    "/",
    "/jobs",
    "/job-types",
    "/job-types/{id}",
    "/assets/**"
  };

  @Bean
  SecurityWebFilterChain filters(
      ServerHttpSecurity http, GatewaySettings settings, ServerProperties server) {
    http.securityMatcher(new NegatedServerWebExchangeMatcher(pathMatchers("/actuator/**")))
        .csrf(CsrfSpec::disable)
        .httpBasic(HttpBasicSpec::disable)
        .formLogin(FormLoginSpec::disable)
        .logout(LogoutSpec::disable)
        .requestCache(RequestCacheSpec::disable)
        .headers(headers ->
            headers
                .writer(new ContentPolicy())
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
        .addFilterBefore(RequestTargets::refuseUndecodable, CSRF)
        .addFilterAt(new OwnPages(), CSRF);
    Auth auth = settings.auth();
    if (auth.issuer() == null && auth.audience() == null) {
      return http.addFilterAt(OwnMachine.serving(server.getAddress(), settings.localPeers()), CORS)
          .build();
    }
    return withTokens(http, auth).build();
  }

  private static ServerHttpSecurity withTokens(ServerHttpSecurity http, Auth auth) {
    Tokens tokens = Tokens.of(auth);
    return http.authorizeExchange(
            paths -> paths.pathMatchers(FILES).permitAll().anyExchange().authenticated())
        .exceptionHandling(refused -> refused.authenticationEntryPoint(tokens::refuse))
        .oauth2ResourceServer(server ->
            server
                .authenticationFailureHandler((at, fault) -> tokens.refuse(at.getExchange(), fault))
                .jwt(jwt -> jwt.jwtDecoder(tokens.decoder())))
        .addFilterAfter(tokens::letCallerIn, AUTHORIZATION);
  }

  /// What Spring Security tells of its own times costs more than it is worth.
  @Bean
  SecurityObservationSettings unobserved() {
    return SecurityObservationSettings.noObservations();
  }

  /// Odd paths are refused here; odd methods get their 405 from those who know what is possible.
  @Bean
  StrictServerWebExchangeFirewall firewall() {
    StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  @Bean
  ServerExchangeRejectedHandler oddRequests() {
    return (_, odd) -> Mono.error(Refusal.badRequest("The request is odd: " + odd.getMessage()));
  }
}

package com.cluedin.jobs.service;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Answers only to names that nobody outside can own: addresses, names without a dot, and the
/// private domains `local`, `internal`, `localhost` and `svc`. A page from elsewhere that makes its
/// own name resolve to this machine (DNS rebinding) is told by its Host, for a service behind the
/// gateway knows no other guard.
public final class PrivateNames implements WebFilter {

  private static final Pattern PRIVATE =
      Pattern.compile(
          "(\\[[0-9a-f:.]+]|\\d{1,3}(\\.\\d{1,3}){3}|[\\w-]+"
              + "|([\\w-]+\\.)+(local|internal|localhost|svc))(:\\d{1,5})?",
          Pattern.CASE_INSENSITIVE);

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    List<String> hosts = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.HOST);
    return hosts.size() == 1 && PRIVATE.matcher(hosts.getFirst()).matches()
        ? chain.filter(exchange)
        : Mono.error(Refusal.forbidden("This service answers to private names alone."));
  }
}

package com.cluedin.jobs.gateway;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What a page from here may load and run: only what comes from here.
final class ContentPolicy implements ServerHttpHeadersWriter {

  private static final String HEADER = "Content-Security-Policy";
  private static final String EVERYWHERE =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
          + "form-action 'self'; frame-ancestors 'none'; ";

  private final String strict = EVERYWHERE + "script-src 'self' " + Dashboard.importMapHash();

  /// Swagger UI sets styles inline.
  private final String swagger = EVERYWHERE + "style-src 'self' 'unsafe-inline'";

  @Override
  public Mono<Void> writeHttpHeaders(ServerWebExchange exchange) {
    HttpHeaders headers = exchange.getResponse().getHeaders();
    String path = exchange.getRequest().getPath().value();
    headers.set(HEADER, path.startsWith("/swagger-ui") ? swagger : strict);
    return Mono.empty();
  }
}

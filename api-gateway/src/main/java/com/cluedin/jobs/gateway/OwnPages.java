package com.cluedin.jobs.gateway;

import com.cluedin.jobs.service.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Refuses changes that a page from elsewhere makes a browser send: a form post needs nobody's
/// leave. Whatever is no browser sends neither of the headers.
final class OwnPages implements WebFilter {

  private static final Set<HttpMethod> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    boolean read = READS.contains(exchange.getRequest().getMethod());
    return read || isOwn(exchange.getRequest().getHeaders())
        ? chain.filter(exchange)
        : Mono.error(Refusal.forbidden("Pages of other origins may not change anything here."));
  }

  private static boolean isOwn(HttpHeaders headers) {
    String host = headers.getFirst(HttpHeaders.HOST);
    List<String> origins = headers.getOrEmpty(HttpHeaders.ORIGIN);
    boolean sameOrigin = host != null && origins.stream().allMatch(origin -> names(origin, host));
    return sameOrigin && !"cross-site".equalsIgnoreCase(headers.getFirst("Sec-Fetch-Site"));
  }

  /// A browser leaves the default port of its scheme out of both; other clients may not.
  private static boolean names(String origin, String host) {
    String text = origin.toLowerCase(Locale.ROOT);
    String own = host.toLowerCase(Locale.ROOT);
    return text.equals("http://" + own.replaceAll(":80$", ""))
        || text.equals("https://" + own.replaceAll(":443$", ""));
  }
}

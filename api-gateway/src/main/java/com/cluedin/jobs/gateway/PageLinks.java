package com.cluedin.jobs.gateway;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.NumberUtils;
import org.springframework.web.util.UriComponentsBuilder;

/// Tells a page's neighbours in a `Link` header (RFC 8288), relative to the request's own path and
/// query.
final class PageLinks {

  static final String TOTAL = "X-Total-Count";

  private static final long DEFAULT_TAKE = 20;

  private PageLinks() {}

  /// The list with its links. The service has checked page and take when it answers 200.
  static ResponseEntity<byte[]> added(ResponseEntity<byte[]> list, ServerHttpRequest request) {
    String total = list.getHeaders().getFirst(TOTAL);
    if (!list.getStatusCode().is2xxSuccessful() || total == null) {
      return list;
    }
    long page = number(request.getQueryParams().getFirst("page"), 0);
    long take = number(request.getQueryParams().getFirst("take"), DEFAULT_TAKE);
    return ResponseEntity.status(list.getStatusCode())
        .headers(list.getHeaders())
        .header(HttpHeaders.LINK, of(request.getURI(), page, take, Long.parseLong(total)))
        .body(list.getBody());
  }

  static String of(URI request, long page, long take, long total) {
    long last = total == 0 ? 0 : (total - 1) / take;
    String pages = pagesOf(request);
    List<String> links = new ArrayList<>();
    links.add(link(pages, 0, "first"));
    if (page > 0) {
      links.add(link(pages, Math.min(page - 1, last), "prev"));
    }
    if (page < last) {
      links.add(link(pages, page + 1, "next"));
    }
    links.add(link(pages, last, "last"));
    return String.join(", ", links);
  }

  /// Where each page is, but for its number.
  private static String pagesOf(URI request) {
    String withoutPage =
        UriComponentsBuilder.fromPath(request.getRawPath())
            .query(request.getRawQuery())
            .replaceQueryParam("page")
            .build()
            .toUriString();
    return withoutPage + (withoutPage.contains("?") ? "&" : "?") + "page=";
  }

  private static String link(String pages, long page, String rel) {
    return "<" + pages + page + ">; rel=\"" + rel + '"';
  }

  private static long number(@Nullable String text, long absent) {
    return text == null || text.isBlank() ? absent : NumberUtils.parseNumber(text, Long.class);
  }
}

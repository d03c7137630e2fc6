package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.resource.LiteWebJarsResourceResolver;

/// The dashboard's files. A client asks each time whether they have changed: their contents say
/// that, not their times, which are the same in every build.
@RestController
@Hidden
class Dashboard implements WebFluxConfigurer {

  private static final String FILES = "classpath:/static/";
  private static final Resource PAGE = new ClassPathResource("static/index.html");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  /// By file; they are the same for as long as a gateway runs.
  private static final Map<String, String> TAGS = new ConcurrentHashMap<>();

  /// Each of its addresses gives the same page, which reads the address itself.
  @GetMapping(
      path = {"/", "/jobs", "/job-types", "/job-types/{id}"},
      produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<Resource> page() {
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, UTF_8))
        .cacheControl(CacheControl.noCache())
        .eTag(tag(PAGE))
        .body(PAGE);
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/app/**", "/style.css", "/icons.svg")
        .addResourceLocations(FILES + "app/", FILES)
        .setUseLastModified(false)
        .setEtagGenerator(Dashboard::tag)
        .setCacheControl(CacheControl.noCache());
    registry
        .addResourceHandler("/webjars/**")
        .addResourceLocations("classpath:/META-INF/resources/webjars/")
        .setUseLastModified(false)
        .setEtagGenerator(Dashboard::tag)
        .setCacheControl(CacheControl.noCache())
        .resourceChain(true)
        .addResolver(new LiteWebJarsResourceResolver());
  }

  /// Names the one script that stands in the page itself, for the content policy: browsers read
  /// import maps from nowhere else.
  static String importMapHash() {
    Matcher map = IMPORT_MAP.matcher(new String(contents(PAGE), UTF_8));
    if (!map.find()) {
      throw new IllegalStateException("index.html has no import map");
    }
    byte[] hash = EntityTag.sha256(map.group(1).getBytes(UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }

  private static String tag(Resource file) {
    return TAGS.computeIfAbsent(file.getDescription(), _ -> newTag(file));
  }

  private static String newTag(Resource file) {
    return EntityTag.of(contents(file));
  }

  private static byte[] contents(Resource file) {
    try {
      return file.getContentAsByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.resource.LiteWebJarsResourceResolver;
import org.springframework.web.reactive.resource.VersionResourceResolver;

/// The dashboard's files. A browser asks for the page each time; the page names all else by what it
/// contains, so that a browser asks for that once.
@RestController
@Hidden
class Dashboard implements WebFluxConfigurer {

  private static final String ASSETS = "classpath:/dashboard/assets/";
  private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";
  private static final int VERSION_BYTES = 8;
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private static final String VERSION = version();
  private static final String PAGE =
      text(new ClassPathResource("dashboard/index.html"))
          .replace("\"/assets/", "\"/assets/" + VERSION + "/");
  private static final String TAG = EntityTag.of(PAGE.getBytes(UTF_8));

  /// Each of its addresses gives the same page, which reads the address itself.
  @GetMapping(
      path = {"/", "/jobs", "/job-types", "/job-types/{id}"},
      produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> page() {
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, UTF_8))
        .cacheControl(CacheControl.noCache())
        .eTag(TAG)
        .body(PAGE);
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(ASSETS, WEBJARS)
        .setUseLastModified(false)
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .resourceChain(true)
        .addResolver(new VersionResourceResolver().addFixedVersionStrategy(VERSION, "/**"))
        .addResolver(new LiteWebJarsResourceResolver());
  }

  /// Names the one script that stands in the page itself, for the content policy: browsers read
  /// import maps from nowhere else.
  static String importMapHash() {
    Matcher map = IMPORT_MAP.matcher(PAGE);
    if (!map.find()) {
      throw new IllegalStateException("index.html has no import map");
    }
    byte[] hash = EntityTag.sha256(map.group(1).getBytes(UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }

  /// The same in every gateway with the same files, and in no other.
  private static String version() {
    String hashes =
        Stream.concat(
                files(ASSETS + "**/*.*"),
                files("classpath*:META-INF/resources/webjars/*/*/package.json"))
            .map(file -> HexFormat.of().formatHex(EntityTag.sha256(text(file).getBytes(UTF_8))))
            .sorted()
            .collect(joining());
    return HexFormat.of().formatHex(EntityTag.sha256(hashes.getBytes(UTF_8)), 0, VERSION_BYTES);
  }

  private static Stream<Resource> files(String pattern) {
    try {
      return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(pattern));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Resource file) {
    try {
      return file.getContentAsString(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

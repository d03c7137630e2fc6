package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.webjars.WebJarVersionLocator;

/// The dashboard's files. A browser asks for the page each time; the page names all else by what it
/// is made of, so that a browser asks for that once.
@RestController
@Hidden
class Dashboard implements WebFluxConfigurer {

  private static final String ASSETS = "dashboard/assets/";
  private static final String WEBJARS = "META-INF/resources/webjars/";
  private static final List<String> LIBRARIES =
      List.of("lit", "lit-element", "lit-html", "lit__reactive-element", "uplot");
  private static final CacheControl FOR_GOOD =
      CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();
  private static final int VERSION_BYTES = 8;
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private static final Map<String, String> VERSIONS =
      LIBRARIES.stream().collect(toMap(library -> library, Dashboard::versionOf));
  private static final String ADDRESS = "/assets/" + version() + "/";
  private static final String PAGE =
      new String(contents(new ClassPathResource("dashboard/index.html")), UTF_8)
          .replace("\"/assets/", '"' + ADDRESS);
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
    serve(registry, "", ASSETS);
    VERSIONS.forEach((library, version) ->
        serve(registry, library + "/", WEBJARS + library + "/" + version + "/"));
  }

  private static void serve(ResourceHandlerRegistry registry, String address, String folder) {
    registry
        .addResourceHandler(ADDRESS + address + "**")
        .addResourceLocations("classpath:/" + folder)
        .setUseLastModified(false)
        .setCacheControl(FOR_GOOD);
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

  /// The same in every gateway with the same files and libraries, and in no other.
  private static String version() {
    Map<String, String> parts = new TreeMap<>(VERSIONS);
    try {
      PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
      for (Resource file : resolver.getResources("classpath:" + ASSETS + "**/*.*")) {
        String where = file.getURI().toString();
        parts.put(where.substring(where.lastIndexOf(ASSETS)), EntityTag.of(contents(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of()
        .formatHex(EntityTag.sha256(parts.toString().getBytes(UTF_8)), 0, VERSION_BYTES);
  }

  private static String versionOf(String library) {
    String version = new WebJarVersionLocator().version(library);
    if (version == null) {
      throw new IllegalStateException("the WebJar of " + library + " is not there");
    }
    return version;
  }

  private static byte[] contents(Resource file) {
    try {
      return file.getContentAsByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

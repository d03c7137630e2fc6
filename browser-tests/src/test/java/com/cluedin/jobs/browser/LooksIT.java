package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every screen can be used by everybody, on small and large displays, in the light and in the
/// dark. Pictures of them are left in `target/screenshots`.
class LooksIT extends InBrowser {

  private static final String SOMEONE = Api.someone();
  private static final Map<String, String> SCREENS = new LinkedHashMap<>();
  private static final List<String> STANDARDS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");

  private static String held;

  @BeforeAll
  static void makeJobs() {
    Api api = Stack.api();
    String type = api.enable("default", "HubSpot", SOMEONE, "*/10 * * * *");
    api.trigger(type, 8);
    String failed = api.trigger(api.enable("failing", "Slack", SOMEONE));
    held = api.awaitStatus(api.trigger(api.enable("held", "Dropbox", SOMEONE)), "Executing");
    api.awaitStatus(failed, "Failed");
    SCREENS.put("overview", "/");
    SCREENS.put("all-jobs", "/jobs?search=" + SOMEONE);
    SCREENS.put("job-types", "/job-types?search=" + SOMEONE);
    SCREENS.put("jobs-of-one-type", "/job-types/" + Api.encoded(type));
    SCREENS.put("drawer", "/jobs?search=" + SOMEONE + "&job=" + failed);
    SCREENS.put(
        "cron-editor", "/job-types?search=%s&edit=%s".formatted(SOMEONE, Api.encoded(type)));
  }

  @AfterAll
  static void endJobs() {
    Stack.crawls().end(held);
  }

  @ParameterizedTest
  @CsvSource({"320,LIGHT", "320,DARK", "768,LIGHT", "768,DARK", "1920,LIGHT", "1920,DARK"})
  void looksWell(int width, ColorScheme scheme) {
    page().setViewportSize(width, width < 500 ? 700 : width < 1000 ? 1024 : 1080);
    page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    List<String> said = new CopyOnWriteArrayList<>();
    page()
        .onConsoleMessage(message -> {
          if (Set.of("error", "warning").contains(message.type())) {
            said.add(message.text());
          }
        });
    List<String> faults = new ArrayList<>();
    SCREENS.forEach((name, path) ->
        look(name + "-" + width + "-" + scheme, path).forEach(it -> faults.add(name + ": " + it)));
    assertThat(faults).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void onASmallDisplayWideTablesAreMovedSideways() {
    page().setViewportSize(320, 700);
    screen.open("/jobs?search=" + SOMEONE);
    Locator row = screen.row(held);
    assertThat(row.locator(".stop")).isInViewport();
    assertThat(row.locator(".by-duration")).not().isInViewport();
    row.locator(".by-duration").scrollIntoViewIfNeeded();
    assertThat(row.locator(".by-duration")).isInViewport();
    assertThat(row.locator(".stop")).isInViewport();
    row.locator("input").check();
    assertThat(screen.find(".bulk")).isInViewport();
  }

  /// What is wrong with a screen.
  private List<String> look(String name, String path) {
    Response response = page().navigate(Stack.get().address() + path);
    assertThat(response.headerValue("Content-Security-Policy"))
        .contains("default-src 'self'")
        .doesNotContain("unsafe-inline", "unsafe-eval");
    assertThat(screen.find(ready(name))).not().hasCount(0);
    assertThat(screen.badge()).hasText("Live");
    page()
        .screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(!path.contains("="))
                .setPath(SCREENSHOTS.resolve(name + ".png")));
    List<String> faults = new ArrayList<>();
    if (!page().evaluate("document.documentElement.scrollWidth - innerWidth").equals(0)) {
      faults.add("it scrolls sideways");
    }
    new AxeBuilder(page())
            .withTags(STANDARDS)
            .setLegacyMode(true) // there are no frames
            .analyze()
            .getViolations()
            .stream()
            .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
            .map(LooksIT::told)
            .forEach(faults::add);
    return faults;
  }

  private static String ready(String name) {
    return name.startsWith("drawer")
        ? "dialog[open] .events li"
        : name.startsWith("cron")
            ? "dialog[open] .compare tbody tr"
            : name.startsWith("overview") ? ".u-over" : "tbody tr[data-id]";
  }

  private static String told(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + rule.getNodes().stream().limit(3).map(node -> "\n  " + node.getHtml()).toList();
  }
}

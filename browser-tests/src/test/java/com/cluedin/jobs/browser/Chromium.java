package com.cluedin.jobs.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The Chromium of this machine. Where there is none, the tests are skipped; they fail where the
/// system property or environment variable `CI` says that this machine has to have it.
final class Chromium implements ExecutionCondition {

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static @Nullable Browser browser;

  /// One for all tests of this JVM; it ends with it.
  static synchronized Browser get() {
    Browser running = browser;
    if (running == null) {
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      running =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(find().orElseThrow())
                      .setArgs(ARGUMENTS));
      browser = running;
    }
    return running;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (find().isPresent()) {
      return ConditionEvaluationResult.enabled("Chromium is here");
    }
    String words = "no chromium, chromium-browser or google-chrome is on the PATH";
    if (System.getProperty("CI") != null || System.getenv("CI") != null) {
      throw new AssertionError(words);
    }
    System.err.println("!!! SKIPPED, as " + words + ": " + context.getDisplayName());
    return ConditionEvaluationResult.disabled(words);
  }

  private static Optional<Path> find() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

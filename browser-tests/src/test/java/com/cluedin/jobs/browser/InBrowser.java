package com.cluedin.jobs.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A test with a browser window of its own. Whatever a page throws fails it.
@ExtendWith(Chromium.class)
abstract class InBrowser {

  static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private static final int PATIENCE = 15_000;

  @RegisterExtension
  final AfterTestExecutionCallback picture =
      test -> {
        if (test.getExecutionException().isPresent()) {
          String name = test.getRequiredTestClass().getSimpleName() + "-" + test.getDisplayName();
          page()
              .screenshot(
                  new Page.ScreenshotOptions()
                      .setPath(
                          SCREENSHOTS.resolve("failed", name.replaceAll("\\W+", "-") + ".png")));
        }
      };

  final Api api = Stack.api();
  final List<String> thrown = new CopyOnWriteArrayList<>();
  private BrowserContext context;
  Screen screen;

  @BeforeEach
  void openWindow(TestInfo test) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    context = Chromium.get().newContext(window());
    context.setDefaultTimeout(PATIENCE);
    screen = newScreen();
  }

  @AfterEach
  void closeWindow() {
    context.close();
    assertThat(thrown).isEmpty();
  }

  Browser.NewContextOptions window() {
    return new Browser.NewContextOptions()
        .setViewportSize(1440, 900)
        .setPermissions(List.of("clipboard-read", "clipboard-write"));
  }

  Screen newScreen() {
    Page page = context.newPage();
    page.onPageError(thrown::add);
    return new Screen(page);
  }

  Page page() {
    return screen.page();
  }

  BrowserContext context() {
    return context;
  }
}

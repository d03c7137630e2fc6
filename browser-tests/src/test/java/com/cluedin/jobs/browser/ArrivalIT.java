package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The dashboard is there at once, and small.
class ArrivalIT extends InBrowser {

  private static final int ROUNDS = 5;
  private static final double LATEST_PAINT = 500;
  private static final long MOST_BYTES = 150 << 10;

  @Test
  void theFirstPaintComesSoonAndTheTransferIsSmall() {
    api.awaitStatus(api.trigger(api.enable("default", "HubSpot", Api.someone())), "Completed");
    List<Arrival> overview =
        IntStream.range(0, ROUNDS).mapToObj(_ -> arrive("/", ".u-over")).toList();
    List<Arrival> jobs =
        IntStream.range(0, ROUNDS).mapToObj(_ -> arrive("/jobs", "tbody tr")).toList();

    long bytes = overview.getLast().bytes + overview.getLast().more;
    System.out.printf(
        "arrival: first contentful paint of the overview %.0f ms, of the jobs %.0f ms; transfer"
            + " of the overview %.1f KiB, of the jobs %.1f KiB, of one after the other %.1f KiB%n",
        median(overview),
        median(jobs),
        overview.getLast().bytes / 1024.0,
        jobs.getLast().bytes / 1024.0,
        bytes / 1024.0);
    assertThat(median(overview)).isLessThan(LATEST_PAINT);
    assertThat(median(jobs)).isLessThan(LATEST_PAINT);
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  /// In a window that has never been here.
  private Arrival arrive(String path, String sign) {
    try (BrowserContext context = Chromium.get().newContext(window())) {
      Page page = context.newPage();
      Probe probe = new Probe(page);
      page.navigate(
          Stack.get().address() + path,
          new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
      assertThat(page.locator(sign).first()).isVisible();
      double paint = probe.firstContentfulPaint();
      page.waitForTimeout(300);
      long bytes = probe.received();
      page.locator(path.equals("/") ? ".card[href='/jobs']" : ".side a[href='/']").click();
      assertThat(page.locator(path.equals("/") ? "tbody tr" : ".u-over").first()).isVisible();
      page.waitForTimeout(300);
      return new Arrival(paint, bytes, probe.received() - bytes);
    }
  }

  private static double median(List<Arrival> arrivals) {
    return arrivals.stream().mapToDouble(Arrival::paint).sorted().toArray()[ROUNDS / 2];
  }

  /// @param more what the other screen needed beside it
  private record Arrival(double paint, long bytes, long more) {}
}

package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A list at which more than a thousand changes arrive each minute stays still, quick and small.
class BusyListIT extends InBrowser {

  private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("busy.seconds", 60));
  private static final int PARTS = 3;
  private static final int JOBS_A_SECOND = 6;
  private static final double LONGEST_TASK = 100;
  private static final double LONGEST_TASK_BESIDE_OTHERS = 300;
  private static final long MOST_GROWTH = 2 << 20;

  @Test
  void staysStillQuickAndSmall() throws InterruptedException {
    String someone = Api.someone();
    List<String> held = api.trigger(api.enable("held", "HubSpot", someone), 20);
    List<String> types =
        IntStream.range(0, JOBS_A_SECOND)
            .mapToObj(i -> api.enable("default", "HubSpot", someone + " " + i))
            .toList();
    Probe probe = new Probe(page());
    screen.open("/jobs");
    assertThat(screen.status(held.getLast())).hasText("Executing");
    List<String> rows = screen.settle().rows();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      clock.scheduleAtFixedRate(() -> api.triggered(types), 0, 1, TimeUnit.SECONDS);
      page().waitForTimeout(10_000);
      Object places = places(); // below the pill
      long heapBefore = probe.heap();
      probe.forget();

      double[] longest = longestTasks(probe);
      long changes = probe.changes();
      long rereads = probe.rereads();
      long heapAfter = probe.heap();
      System.out.printf(
          "busy list: %d changes in %d s, longest tasks %s ms, heap %.2f MiB before and %.2f MiB"
              + " after%n",
          changes,
          LENGTH.toSeconds(),
          Arrays.toString(longest),
          heapBefore / 1048576.0,
          heapAfter / 1048576.0);
      assertThat(changes).isGreaterThan(1_000 * LENGTH.toSeconds() / 60);
      assertThat(rereads).isZero();
      assertThat(screen.rows()).isEqualTo(rows);
      assertThat(screen.find(".pill")).isVisible();
      assertThat(places()).isEqualTo(places);
      assertThat(longest[PARTS / 2]).isLessThan(LONGEST_TASK);
      assertThat(longest[PARTS - 1]).isLessThan(LONGEST_TASK_BESIDE_OTHERS);
      assertThat(heapAfter - heapBefore).isLessThan(MOST_GROWTH);
      screen.keys("j");
      assertThat(screen.focusedRow()).isEqualTo(rows.getFirst());
    } finally {
      clock.shutdownNow();
      held.forEach(Stack.crawls()::end);
    }
  }

  /// Of each part, the shortest first: in one of them something else may want the processors.
  private double[] longestTasks(Probe probe) {
    return IntStream.range(0, PARTS)
        .mapToDouble(_ -> {
          page().waitForTimeout(LENGTH.toMillis() / (double) PARTS);
          return probe.takeLongestTask();
        })
        .sorted()
        .toArray();
  }

  private Object places() {
    return page().evaluate("[...document.querySelectorAll('tbody tr')].map(it => it.offsetTop)");
  }
}

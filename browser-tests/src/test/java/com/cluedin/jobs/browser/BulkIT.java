package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Many jobs are stopped or run at once, and each tells what became of it.
class BulkIT extends InBrowser {

  private final String someone = Api.someone();

  @Test
  void stopsAllThatMatch() {
    open(23);

    screen.find("thead input[type=checkbox]").check();
    assertThat(screen.find(".bulk strong")).hasText("20 jobs selected");
    screen.button("Select all 23 that match").click();
    assertThat(screen.find(".bulk strong")).hasText("23 jobs selected");
    screen.find(".bulk").getByText("Stop").click();
    assertThat(screen.dialog()).containsText("Stop 23 jobs?");
    screen.answer("Stop").click();

    assertThat(screen.heading("Stop: 23 of 23")).isVisible();
    assertThat(screen.find(".report li")).hasCount(23);
    assertThat(screen.find(".report li").first()).hasText("HubSpot · " + someone + " stopped");
    screen.answer("Close").click();
    assertThat(screen.find("tbody .status").first()).hasText("Stopped");
    assertThat(api.total("/api/v1/jobs?state=Cancelled&search=" + Api.encoded(someone)))
        .isEqualTo(23);
    assertThat(screen.find(".bulk")).isHidden();
  }

  @Test
  void runsSomeByKeyboard() {
    open(3);
    screen.keys("j", "x", "j", "x");
    assertThat(screen.find(".bulk strong")).hasText("2 jobs selected");
    assertThat(screen.find("tbody tr.chosen")).hasCount(2);

    screen.tabTo(screen.find(".bulk .run")).keys("Enter");
    assertThat(screen.dialog()).containsText("Run 2 jobs?");
    screen.keys("Enter");

    assertThat(screen.heading("Run: 2 of 2")).isVisible();
    assertThat(screen.find(".report li").last()).containsText("queued again");
    screen.tabTo(screen.answer("Close")).keys("Enter");
    assertThat(screen.dialog()).isHidden();
    assertThat(screen.find(".found")).hasText("5 jobs found");
  }

  @Test
  void tellsWhatCouldNotBeDone() {
    open(2);
    screen.keys("j", "x", "j", "x");
    page()
        .route(
            "**/abandonwork",
            route -> {
              if (route.request().postData().contains(screen.rows().getFirst())) {
                route.abort();
              } else {
                route.resume();
              }
            });

    screen.find(".bulk .stop").click();
    screen.answer("Stop").click();

    assertThat(screen.heading("Stop: 2 of 2, 1 not done")).isVisible();
    assertThat(screen.find(".report li.bad")).containsText("The gateway cannot be reached.");
  }

  @Test
  void letsTheSelectionGo() {
    open(2);
    screen.find("tbody input[type=checkbox]").first().check();
    assertThat(screen.find(".bulk strong")).hasText("1 job selected");
    screen.find(".bulk").getByText("Clear").click();
    assertThat(screen.find(".bulk")).isHidden();
    assertThat(screen.find("tbody input:checked")).hasCount(0);
  }

  private void open(int jobs) {
    api.trigger(api.enable("nobody", "HubSpot", someone), jobs);
    screen.open("/jobs?search=" + someone);
    assertThat(screen.find(".found")).hasText(jobs + " jobs found");
    assertThat(screen.find("tbody tr")).hasCount(Math.min(jobs, 20));
  }
}

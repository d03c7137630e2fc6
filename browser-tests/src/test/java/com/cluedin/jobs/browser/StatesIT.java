package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.stack.StackProcess;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Empty, no match, failed and stale look different, and say what to do.
class StatesIT extends InBrowser {

  private static final List<StackProcess> TRACKERS =
      List.of(Stack.get().process("tracker-1"), Stack.get().process("tracker-2"));

  private final String someone = Api.someone();

  @AfterEach
  void startTrackers() {
    TRACKERS.stream().filter(tracker -> !tracker.isAlive()).forEach(StackProcess::begin);
    TRACKERS.forEach(StackProcess::awaitReady);
  }

  @Test
  void anEmptyListSaysHowItIsFilled() {
    screen.open("/job-types/" + Api.encoded(api.enable("default", "HubSpot", someone)));

    assertThat(screen.find(".notice")).containsText("There are no jobs yet.");
    screen.find(".notice a").click();
    assertThat(screen.find("job-types tbody tr").first()).isVisible();
  }

  @Test
  void aListWithoutAMatchLeadsBackToAll() {
    api.trigger(api.enable("default", "HubSpot", someone));
    screen.open("/jobs?search=nobody-is-called-so");

    assertThat(screen.find(".notice")).containsText("No job matches.");
    assertThat(screen.find(".found")).hasText("0 jobs found");
    screen.find(".notice a").click();
    assertThat(screen.find("tbody tr").first()).isVisible();
  }

  @Test
  void aPagePastTheEndLeadsToTheFirst() {
    api.trigger(api.enable("default", "HubSpot", someone));
    screen.open("/jobs?page=9&search=" + someone);

    assertThat(screen.find(".notice")).containsText("This page is past the end.");
    screen.find(".notice a").click();
    assertThat(screen.find("tbody tr")).hasCount(1);
  }

  @Test
  void anUnknownAddressSaysSo() {
    screen.open("/job-types/nothing");
    assertThat(screen.find(".notice.failed")).containsText("This could not be read.");
  }

  @Test
  void eachPanelOfTheOverviewSaysWhatItCannotRead() {
    page().route("**/api/v1/agents", Route::abort);
    screen.open("/");
    Locator agents = screen.find("section[aria-labelledby=agents]");
    assertThat(agents.locator(".notice.failed")).containsText("The gateway cannot be reached.");
    assertThat(screen.find(".notice.failed")).hasCount(1);
    assertThat(screen.find(".u-over")).isVisible();

    page().unroute("**/api/v1/agents");
    agents.getByText("Try again").click();

    assertThat(agents.locator(".notice.failed")).isHidden();
    page().route("**/api/v1/agents", Route::abort);
    assertThat(agents.locator(".stale")).containsText("This may be out of date");
  }

  @Test
  void decisionsThatCannotBeReadAreNotTakenForNone() {
    screen.open("/job-types/" + Api.encoded(api.enable("default", "HubSpot", someone)));
    page().route("**/decisions?**", Route::abort);
    screen.find("summary").getByText("What became of its occurrences").click();
    assertThat(screen.find("details .notice.failed")).isVisible();

    page().unroute("**/decisions?**");
    screen.find("details").getByText("Try again").click();

    assertThat(screen.find("details")).containsText("Nothing was due yet.");
  }

  @Test
  void whatCannotBeReadIsToldAndTriedAgain() {
    String id =
        api.awaitStatus(api.trigger(api.enable("default", "HubSpot", someone)), "Completed");
    screen.open("/jobs?search=" + someone);
    assertThat(screen.row(id)).isVisible();
    TRACKERS.forEach(StackProcess::kill);

    Screen other = newScreen().open("/jobs?search=" + someone);
    assertThat(other.find(".notice.failed strong")).hasText("This could not be read.");
    assertThat(other.find(".notice.failed p")).not().isEmpty();
    assertThat(other.button("Try again")).isVisible();
    screen.find("select[aria-label=Status]").selectOption("Failed");
    page().goBack();
    assertThat(screen.find(".stale")).containsText("This may be out of date");
    assertThat(screen.row(id)).isVisible();
    Screen overview = newScreen().open("/");
    assertThat(overview.find(".notice.failed")).isVisible();

    startTrackers();
    other.button("Try again").click();
    assertThat(other.row(id)).isVisible();
    assertThat(other.find(".notice")).isHidden();
    screen.find(".stale").getByText("Try again").click();
    assertThat(screen.find(".stale")).isHidden();
    assertThat(screen.row(id)).isVisible();
    assertThat(overview.find(".tile")).hasCount(6);
  }
}

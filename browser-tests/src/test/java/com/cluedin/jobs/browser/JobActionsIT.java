package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Stop, Run and Run again, with the mouse and with the keyboard alone.
class JobActionsIT extends InBrowser {

  private final String someone = Api.someone();

  @Test
  void stopsARunningJob() {
    String id = open("held", "Executing");

    screen.row(id).getByText("Stop").click();
    assertThat(screen.dialog()).containsText("Stop HubSpot · " + someone + "?");
    screen.answer("Stop").click();

    assertThat(screen.status(id)).hasText("Stopping…");
    assertThat(screen.row(id).locator("td.actions button")).hasAttribute("aria-disabled", "true");
    assertThat(screen.status(id)).hasText("Stopped");
    assertThat(screen.row(id).locator("td.actions button")).hasText("Run");
    api.awaitStatus(id, "Cancelled");
  }

  @Test
  void stopsARunningJobByKeyboard() {
    String id = open("held", "Executing");

    screen.keys("j", "s").tabTo(screen.answer("Stop")).keys("Enter");

    assertThat(screen.status(id)).hasText("Stopping…");
    assertThat(screen.focusedRow()).isEqualTo(id);
    assertThat(screen.status(id)).hasText("Stopped");
    assertThat(screen.focusedRow()).isEqualTo(id);
  }

  @Test
  void stopsAQueuedJobAtOnce() {
    String id = open("nobody", "Queued");

    screen.keys("j").tabTo(screen.button("Stop HubSpot " + someone)).keys("Enter");
    assertThat(screen.dialog()).containsText("it will not run");
    screen.tabTo(screen.answer("Stop")).keys("Enter");

    assertThat(screen.status(id)).hasText("Stopped");
    assertThat(screen.button("Run HubSpot " + someone)).isFocused();
  }

  @Test
  void stopsNothingWhenThePersonThinksBetterOfIt() {
    String id = open("held", "Executing");

    screen.row(id).getByText("Stop").click();
    screen.answer("Leave it").click();
    screen.keys("j", "s", "Escape");

    assertThat(screen.dialog()).isHidden();
    assertThat(screen.focusedRow()).isEqualTo(id);
    assertThat(screen.status(id)).hasText("Executing");
    assertThat(api.job(id).at("/Status").asString()).isEqualTo("Executing");
    Stack.crawls().end(id);
    assertThat(screen.status(id)).hasText("Completed");
  }

  @Test
  void runsAJobOnceMore() {
    String id = open("default", "Completed");

    screen.row(id).getByText("Run").click();

    screen.toast("is queued.").getByText("View").click();
    assertThat(screen.dialog().locator(".status").first()).hasText("Completed");
    assertThat(screen.address()).doesNotContain(id).contains("job=");
    await().until(() -> api.total("/api/v1/jobs?search=" + Api.encoded(someone)) == 2);
  }

  @Test
  void runsAJobOnceMoreByKeyboard() {
    open("default", "Completed");

    screen.keys("j", "r");

    assertThat(screen.toast("is queued.")).isVisible();
    await().until(() -> api.total("/api/v1/jobs?search=" + Api.encoded(someone)) == 2);
  }

  @Test
  void runsAgainFromTheDrawer() {
    String id = open("default", "Completed");
    screen
        .row(id)
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("HubSpot"))
        .click();

    screen.answer("Run again HubSpot " + someone).click();

    assertThat(page()).not().hasURL(Pattern.compile(id));
    assertThat(screen.dialog().locator(".summary .status")).hasText("Completed");
  }

  @Test
  void runsAgainAndStopsFromTheDrawerByKeyboard() {
    String id = open("held", "Executing");
    screen.keys("j", "Enter");
    screen.tabTo(screen.answer("Stop HubSpot " + someone)).keys("Enter");
    assertThat(screen.dialog()).containsText("Stop HubSpot");
    screen.tabTo(screen.answer("Stop")).keys("Enter");
    assertThat(screen.dialog().locator(".summary .status")).hasText("Stopped");
    assertThat(screen.dialog()).containsText("Stop asked for");

    screen.tabTo(screen.answer("Run again HubSpot " + someone)).keys("Enter");

    assertThat(page()).not().hasURL(Pattern.compile(id));
    assertThat(screen.dialog().locator(".summary .status")).hasText("Executing");
    String next = screen.address().replaceAll(".*job=", "");
    Stack.crawls().end(next);
    assertThat(screen.dialog().locator(".summary .status")).hasText("Completed");
  }

  /// A list with one job that has come as far.
  private String open(String queue, String status) {
    String id = api.awaitStatus(api.trigger(api.enable(queue, "HubSpot", someone)), status);
    screen.open("/jobs?search=" + someone);
    assertThat(screen.row(id)).isVisible();
    return id;
  }
}

package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Run, pause, resume, remove and restore, with the mouse and with the keyboard alone.
class JobTypeActionsIT extends InBrowser {

  private final String someone = Api.someone();
  private String id;

  @BeforeEach
  void open() {
    id = api.enable("default", "HubSpot", someone);
    screen.open("/job-types?search=" + someone);
    assertThat(screen.row(id)).isVisible();
  }

  @Test
  void runs() {
    screen.row(id).getByText("Run", exactly()).click();

    screen.toast("HubSpot · " + someone + " is queued.").getByText("View").click();
    assertThat(page()).hasURL(Pattern.compile("job="));
    assertThat(screen.dialog().locator(".summary .status")).hasText("Completed");
    screen.open("/job-types?search=" + someone);
    assertThat(screen.row(id).locator(".strip rect")).hasCount(1);
  }

  @Test
  void runsByKeyboard() {
    screen.keys("j", "r");

    assertThat(screen.toast("is queued.")).isVisible();
    assertThat(screen.focusedRow()).isEqualTo(id);
    await().until(() -> api.total("/api/v1/jobs?search=" + Api.encoded(someone)) == 1);
  }

  @Test
  void pausesWithAReasonAndResumes() {
    screen.row(id).getByText("Pause").click();
    screen.dialog().getByLabel("Why?").fill("The source is moved");
    screen.answer("Pause").click();

    assertThat(screen.row(id).locator(".by-last")).containsText("Paused: The source is moved");
    assertThat(api.jobType(id).at("/Paused/Reason").asString()).isEqualTo("The source is moved");
    screen.row(id).getByText("Resume").click();
    assertThat(screen.row(id).locator(".by-last")).containsText("Next run");
    assertThat(api.jobType(id).at("/Paused").isNull()).isTrue();
  }

  @Test
  void pausesAndResumesByKeyboard() {
    screen.keys("j").tabTo(screen.button("Pause HubSpot " + someone)).keys("Enter");
    assertThat(screen.dialog().getByLabel("Why?")).isFocused();
    screen.type("Too many calls").keys("Enter");

    assertThat(screen.row(id)).containsText("Paused: Too many calls");
    assertThat(screen.row(id)).isFocused();
    screen.tabTo(screen.button("Resume HubSpot " + someone)).keys("Enter");
    assertThat(screen.row(id)).containsText("Next run");
  }

  @Test
  void whatIsRemovedCanBeTakenBackForAWhile() {
    screen.row(id).getByText("Remove").click();
    assertThat(screen.row(id)).isHidden();

    screen.toast("is removed.").getByText("Undo").click();

    assertThat(screen.row(id)).isVisible();
    assertThat(screen.toast("is back.")).isVisible();
  }

  @Test
  void undoStaysForTenSeconds() {
    screen.row(id).getByText("Remove").click();
    assertThat(screen.toast("is removed.")).isVisible();
    long begun = System.nanoTime();

    assertThat(screen.toast("is removed.")).isHidden();

    assertThat((System.nanoTime() - begun) / 1e9).isBetween(9.0, 12.0);
  }

  @Test
  void removesAndUndoesByKeyboard() {
    screen.keys("j").tabTo(screen.button("Remove HubSpot " + someone)).keys("Enter");
    assertThat(screen.row(id)).isHidden();

    screen.tabTo(screen.toast("is removed.").getByText("Undo")).keys("Enter");

    assertThat(screen.row(id)).isVisible();
  }

  @Test
  void whatWasRemovedIsRestoredFromTheRemovedFilter() {
    screen.row(id).getByText("Remove").click();
    assertThat(screen.row(id)).isHidden();
    screen.find("select[aria-label='All runs']").selectOption("removed");
    assertThat(screen.row(id)).containsText("Removed just now");

    screen.row(id).getByText("Restore").click();

    assertThat(screen.row(id)).isHidden();
    assertThat(screen.find(".notice")).containsText("No job type matches.");
    screen.find("select[aria-label='All runs']").selectOption("active");
    assertThat(screen.row(id)).isVisible();
  }

  @Test
  void restoresByKeyboard() {
    screen.keys("j").tabTo(screen.button("Remove HubSpot " + someone)).keys("Enter");
    assertThat(screen.row(id)).isHidden();
    screen.tabTo(screen.find("select[aria-label='All runs']")).type("Removed").keys("Enter");

    screen.keys("Tab", "j").tabTo(screen.button("Restore HubSpot " + someone)).keys("Enter");

    assertThat(screen.toast("is back.")).isVisible();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }
}

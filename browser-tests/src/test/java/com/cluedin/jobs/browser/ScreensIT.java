package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each screen shows what it is there for.
class ScreensIT extends InBrowser {

  /// Due so seldom that it is not while a test looks.
  private static final String ON_LEAP_DAYS = "0 2 29 2 *";

  private final String someone = Api.someone();

  @Test
  void allJobsShowsTheColumnsPeopleKnow() {
    String id =
        api.awaitStatus(api.trigger(api.enable("default", "HubSpot", someone)), "Completed");

    screen.open("/jobs?search=" + someone);

    assertThat(screen.find("thead th:not(.choice)"))
        .hasText(
            new String[] {
              "Name",
              "Configuration",
              "Status",
              "Clues fetched",
              "Queued at",
              "Started at",
              "Finished at",
              "Duration",
              "Actions"
            });
    Locator row = screen.row(id);
    assertThat(row.locator(".by-name")).containsText("HubSpot");
    assertThat(row.locator(".by-configuration")).hasText(someone);
    assertThat(row.locator(".status")).hasText("Completed");
    assertThat(row.locator(".by-clues"))
        .hasText("%,d".formatted(api.job(id).at("/Progress").asLong()));
    assertThat(row.locator(".by-queued time"))
        .hasAttribute("datetime", api.job(id).at("/QueuedAt").asString());
    assertThat(row.locator(".by-duration")).containsText(" s");
    assertThat(screen.find(".found")).hasText("1 job found");
    assertThat(row.locator("button.run")).hasText("Run");
    assertThat(screen.find(".pager")).isVisible();
  }

  @Test
  void jobTypesShowsSchedulesInWordsAndHowTheyWent() {
    String id = api.enable("default", "Dropbox", someone, ON_LEAP_DAYS);
    List<String> jobs = api.trigger(id, 3);
    api.awaitStatus(jobs.getLast(), "Completed");

    screen.open("/job-types?search=" + someone);

    Locator row = screen.row(id);
    assertThat(row.locator(".by-name")).containsText("Dropbox");
    assertThat(row.locator(".by-name small")).hasText(someone);
    assertThat(row.locator(".by-schedule")).containsText("02:00");
    assertThat(row.locator(".by-schedule code")).hasText(ON_LEAP_DAYS);
    assertThat(row.locator(".by-last")).containsText("Next run");
    assertThat(row.locator(".strip rect")).hasCount(3);
    for (String words : List.of("Run", "Pause", "Edit schedule", "Remove")) {
      assertThat(row.getByText(words, new Locator.GetByTextOptions().setExact(true))).isVisible();
    }
    row.getByText("View jobs").click();
    assertThat(screen.heading("Dropbox")).isVisible();
  }

  @Test
  void jobsOfOneTypeShowsItsHealthAndItsJobs() {
    String id = api.enable("default", "Slack", someone, ON_LEAP_DAYS);
    String job = api.awaitStatus(api.trigger(id), "Completed");

    screen.open("/job-types/" + Api.encoded(id));

    assertThat(screen.find("#type")).containsText(someone);
    for (String fact :
        List.of("Schedule", "Last run", "Success rate", "Duration p50", "Duration p95")) {
      assertThat(screen.find(".facts dt").getByText(fact)).isVisible();
    }
    assertThat(screen.find(".facts")).containsText("100 %");
    assertThat(screen.find(".next li")).hasCount(5);
    assertThat(screen.row(job).locator(".by-configuration")).hasText(someone);
    assertThat(screen.find("thead th.by-name")).hasCount(0);
    screen.find("summary").getByText("What became of its occurrences").click();
    assertThat(screen.find("job-type details")).containsText("Nothing was due yet.");
  }

  @Test
  void theDrawerShowsAllOfAJob() {
    String id = api.awaitStatus(api.trigger(api.enable("failing", "Slack", someone)), "Failed");
    String error = api.job(id).at("/Error").asString();

    screen.open("/jobs?job=" + id);

    Locator drawer = screen.dialog();
    assertThat(drawer.locator("#drawer")).containsText(someone);
    assertThat(drawer.locator(".path li")).hasCount(3);
    assertThat(drawer.locator(".path")).containsText("Executing");
    assertThat(drawer.locator("tbody tr").first()).containsText("agent-3");
    assertThat(drawer.locator(".facts")).containsText("Last heartbeat");
    assertThat(drawer.locator(".events li").first()).containsText("Queued");
    assertThat(drawer.locator(".error summary")).hasText(error);
    assertThat(drawer.locator(".error pre")).isHidden();
    drawer.locator(".error summary").click();
    drawer.locator(".error button").click();
    screen.toast("The error is copied.").getByLabel("Dismiss").click();
    assertThat(screen.toast("The error is copied.")).isHidden();
    await().until(() -> page().evaluate("navigator.clipboard.readText()").equals(error));
  }

  @Test
  void theCronEditorShowsWhatAScheduleMeans() {
    String id = api.enable("default", "Slack", someone, ON_LEAP_DAYS);

    screen.open("/job-types?edit=" + Api.encoded(id));

    Locator editor = screen.dialog();
    assertThat(editor.locator("input[name=cron]")).hasValue(ON_LEAP_DAYS);
    assertThat(editor.locator("input[name=timeZone]")).hasValue("UTC");
    assertThat(editor.locator(".compare tbody tr")).hasCount(5);
    assertThat(editor.locator(".compare")).containsText("due in the same minute.");
    assertThat(editor.locator(".presets button")).not().hasCount(0);
    editor.locator("summary").getByText("Policy").click();
    assertThat(editor.getByLabel("Retries")).hasValue("3");
  }
}

package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The overview: tiles, the last day, what needs attention, what comes next and who works.
class OverviewIT extends InBrowser {

  private final String someone = Api.someone();

  @Test
  void tilesCountTheJobsOfTheirLists() {
    api.awaitStatus(api.trigger(api.enable("default", "HubSpot", someone)), "Completed");

    screen.open("/");

    for (String state : new String[] {"executing", "completed", "failed", "queued", "cancelled"}) {
      await()
          .untilAsserted(() ->
              assertThat(screen.find(".tile." + state + " strong").innerText())
                  .isEqualTo(
                      "%,d".formatted(api.get("/api/v1/jobstatecount").at("/" + state).asLong())));
    }
    assertThat(screen.find(".card")).hasText(new String[] {"View all jobs", "Job Types"});
    screen.find(".tile.completed").click();
    assertThat(page()).hasURL(Pattern.compile("/jobs\\?state=Completed$"));
    assertThat(screen.find("tbody .status").first()).hasText("Completed");
  }

  @Test
  void tilesSayWhatChangedSinceTheLastVisit() {
    api.awaitStatus(api.trigger(api.enable("default", "HubSpot", someone)), "Completed");
    screen.open("/");
    assertThat(screen.find(".tile.completed strong")).not().hasText("…");
    assertThat(screen.find(".tile.completed")).not().containsText("since last visit");
    page()
        .evaluate(
            """
            const { counts } = JSON.parse(localStorage.getItem('last-visit'));
            counts.completed -= 1;
            localStorage.setItem('last-visit', JSON.stringify({ counts, at: Date.now() - 3_600_000 }));\
            """);

    page().reload();

    assertThat(screen.find(".tile.completed"))
        .containsText(Pattern.compile("\\+\\d+ since last visit"));
    assertThat(newScreen().open("/").find(".tile.completed"))
        .containsText(Pattern.compile("\\+\\d+ since last visit"));
  }

  @Test
  void brushingOverHoursListsTheirJobs() {
    String id =
        api.awaitStatus(api.trigger(api.enable("default", "HubSpot", someone)), "Completed");
    screen.open("/");
    screen.find(".u-over").scrollIntoViewIfNeeded();
    BoundingBox hours = screen.find(".u-over").boundingBox();
    Mouse mouse = page().mouse();
    double middle = hours.y + hours.height / 2;

    mouse.move(hours.x + hours.width * 0.9, middle);
    mouse.down();
    mouse.move(hours.x + hours.width * 0.95, middle);
    mouse.move(hours.x + hours.width - 2, middle);
    mouse.up();

    assertThat(page()).hasURL(Pattern.compile("/jobs\\?from=.*&to=.*"));
    assertThat(screen.find(".chip")).isVisible();
    screen.search().fill(someone);
    assertThat(screen.row(id)).isVisible();
    screen.find(".chip button").click();
    assertThat(page()).not().hasURL(Pattern.compile("from="));
  }

  @Test
  void theLastDayIsATableToo() {
    api.awaitStatus(api.trigger(api.enable("default", "HubSpot", someone)), "Completed");
    screen.open("/");
    screen.find("jobs-histogram summary").click();
    Locator now = screen.find("jobs-histogram tbody tr").last();
    assertThat(screen.find("jobs-histogram tbody tr")).hasCount(24);
    now.locator("a").click();
    assertThat(page()).hasURL(Pattern.compile("/jobs\\?from=.*&to=.*"));
    assertThat(screen.find("tbody tr[data-id]").first()).isVisible();
  }

  @Test
  void theLastDayIsReadByKeyboard() {
    api.awaitStatus(api.trigger(api.enable("default", "HubSpot", someone)), "Completed");
    screen.open("/");
    assertThat(screen.find(".u-over")).isVisible();
    screen.tabTo(screen.find("jobs-histogram summary")).keys("Enter");
    screen.tabTo(screen.find("jobs-histogram tbody tr").last().locator("a")).keys("Enter");
    assertThat(page()).hasURL(Pattern.compile("/jobs\\?from=.*&to=.*"));
    assertThat(screen.find("tbody tr[data-id]").first()).isVisible();
  }

  @Test
  void failingStreaksAndAlarmsNeedAttention() {
    String failing = api.enable("failing", "Salesforce", someone);
    api.trigger(failing, 3).forEach(job -> api.awaitStatus(job, "Failed"));
    String overdue = api.enable("held", "SharePoint", someone);
    api.change(overdue, "{\"alarm\":\"00:00:01\"}");
    String job = api.trigger(overdue);

    screen.open("/");

    Locator attention = screen.find(".attention li").filter(having(someone));
    assertThat(attention.filter(having("failed 3 times in a row"))).isVisible();
    assertThat(attention.filter(having("takes longer than its alarm allows"))).isVisible();
    assertThat(screen.find(".tools sup")).isVisible();
    Stack.crawls().end(job);
    assertThat(attention.filter(having("takes longer"))).isHidden();
  }

  @Test
  void agentsAtWorkAndNextFiringsAreShown() {
    String id = api.enable("held", "SharePoint", someone, "* * * * *");
    String job = api.awaitStatus(api.trigger(id), "Executing");

    screen.open("/");

    assertThat(screen.find("section").filter(having("Agents at work"))).containsText("at-will");
    Locator next = screen.find("section").filter(having("Next firings")).locator("li");
    assertThat(next.filter(having(someone)).locator("time")).isVisible();
    assertThat(next.count()).isLessThanOrEqualTo(10);
    Stack.crawls().end(job);
    api.change(id, "{\"cron\":\"" + Api.YEARLY + "\"}");
  }

  private static Locator.FilterOptions having(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }
}

package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The address says what is seen: reloading, going back and sharing it work.
class AddressIT extends InBrowser {

  private static final String SOMEONE = Api.someone();

  @BeforeAll
  static void makeJobs() {
    Api api = Stack.api();
    api.trigger(api.enable("default", "HubSpot", SOMEONE), 25);
    String completed = "/api/v1/jobs?state=Completed&search=" + Api.encoded(SOMEONE);
    await().until(() -> api.total(completed) == 25);
  }

  @Test
  void reloadingKeepsFilterSortPageAndOpenJob() {
    screen.open("/jobs?search=" + SOMEONE);
    screen.find("select[aria-label=Status]").selectOption("Completed");
    screen.find("thead .by-queued button").click();
    assertThat(page()).hasURL(Pattern.compile("sort=queued"));
    screen.find(".pager a[aria-label='Page 2']").click();
    assertThat(screen.find("tbody tr")).hasCount(5);
    List<String> rows = screen.rows();
    screen.keys("j", "j", "Enter");
    assertThat(screen.dialog().locator(".path")).isVisible();

    page().reload();

    assertThat(screen.dialog().locator("#drawer")).containsText(SOMEONE);
    assertThat(screen.dialog().locator("code").getByText(rows.get(1))).isVisible();
    await().untilAsserted(() -> assertThat(screen.rows()).isEqualTo(rows));
    assertThat(screen.find("select[aria-label=Status]")).hasValue("Completed");
    assertThat(screen.search()).hasValue(SOMEONE);
    assertThat(screen.find("thead .by-queued")).hasAttribute("aria-sort", "ascending");
    assertThat(screen.find(".pager [aria-current=page]")).hasText("2");
    screen.keys("Escape");
    assertThat(screen.dialog()).isHidden();
    assertThat(screen.focusedRow()).isEqualTo(rows.get(1));
  }

  @Test
  void goingBackUndoesStepByStep() {
    screen.open("/job-types");
    screen.keys("g", "j");
    screen.search().fill(SOMEONE);
    assertThat(screen.find(".found")).hasText("25 jobs found");
    screen.find(".pager a[aria-label='Page 2']").click();
    assertThat(screen.find("tbody tr")).hasCount(5);
    screen.keys("j", "Enter");
    assertThat(screen.dialog().locator(".path")).isVisible();

    page().goBack();
    assertThat(screen.dialog()).isHidden();
    assertThat(screen.find("tbody tr")).hasCount(5);
    page().goBack();
    assertThat(screen.find("tbody tr")).hasCount(20);
    assertThat(screen.search()).hasValue(SOMEONE);
    page().goBack();
    assertThat(screen.find("job-types")).isVisible();
    page().goForward();
    assertThat(screen.find("tbody tr")).hasCount(20);
    assertThat(screen.search()).hasValue(SOMEONE);
  }

  @Test
  void whatWasOpenedAndClosedIsNoStep() {
    screen.open("/job-types");
    screen.keys("g", "j");
    screen.search().fill(SOMEONE);
    assertThat(screen.find(".found")).hasText("25 jobs found");
    screen.row(screen.rows().getFirst()).focus();
    for (int i = 0; i < 3; i++) {
      screen.keys("Enter");
      assertThat(screen.dialog().locator(".path")).isVisible();
      screen.keys("Escape");
      assertThat(screen.dialog()).isHidden();
    }
    screen.button("Back").click();
    assertThat(screen.find("job-types")).isVisible();
    assertThat(page()).hasURL(Pattern.compile("/job-types$"));
  }

  @Test
  void anOpenDrawerAndEditorHaveAddresses() {
    String id = api.enable("default", "Slack", Api.someone());
    screen.open("/job-types/" + Api.encoded(id));
    screen.find(".title").getByText("Edit schedule").click();
    assertThat(screen.find("input[name=cron]")).isVisible();

    page().reload();

    assertThat(screen.find("input[name=cron]")).hasValue(Api.YEARLY);
    page().goBack();
    assertThat(screen.dialog()).isHidden();
  }

  @Test
  void backLeadsToWhatIsAboveAnAddressThatWasGiven() {
    screen.open("/job-types/" + Api.encoded(api.enable("nobody", "Slack", Api.someone())));
    screen.button("Back").click();
    assertThat(page()).hasURL(Pattern.compile("/job-types$"));
    screen.keys("g", "j");
    assertThat(page()).hasURL(Pattern.compile("/jobs$"));
    screen.button("Back").click();
    assertThat(page()).hasURL(Pattern.compile("/job-types$"));
  }

  @Test
  void anAddressThatIsNoneSaysSo() {
    screen.open("/jobs?job=00000000-0000-0000-0000-000000000000");
    assertThat(screen.dialog()).containsText("This could not be read.");
  }
}

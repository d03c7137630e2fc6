package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Lists are sorted, searched, filtered and paged through.
class ListIT extends InBrowser {

  private static final String SOMEONE = Api.someone();
  private static final int JOBS = 45;

  private static String held;

  @BeforeAll
  static void makeJobs() {
    Api api = Stack.api();
    String hubSpot = api.enable("default", "HubSpot", SOMEONE);
    String slack = api.enable("failing", "Slack", SOMEONE + " too");
    api.trigger(hubSpot, JOBS - 4);
    api.trigger(slack, 3).forEach(job -> api.awaitStatus(job, "Failed"));
    held = api.awaitStatus(api.trigger(api.enable("held", "Dropbox", SOMEONE)), "Executing");
    await().until(() -> api.total(list("&state=Completed")) == JOBS - 4);
  }

  @AfterAll
  static void endJobs() {
    Stack.crawls().end(held);
  }

  @Test
  void jobsAreSortedByEachColumnBothWays() {
    screen.open("/jobs?search=" + SOMEONE);
    for (String column :
        List.of("name", "configuration", "status", "clues", "started", "finished", "queued")) {
      Locator header = screen.find("thead .by-" + column);
      for (int i = 0; i < 2; i++) {
        header.locator("button").click();
        assertThat(page()).hasURL(Pattern.compile("sort=-?" + column));
        String sort = screen.address().replaceAll(".*sort=(-?\\w+).*", "$1");
        assertThat(header)
            .hasAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
        if (column.equals("clues")) { // those of the job that runs change
          await().until(() -> screen.rows().size() == 20);
        } else {
          awaitRows(list("&sort=" + sort));
        }
      }
    }
  }

  @Test
  void jobTypesAreSorted() {
    screen.open("/job-types?search=" + SOMEONE);
    for (String column : List.of("schedule", "last", "name")) {
      for (int i = 0; i < 2; i++) {
        screen.find("thead .by-" + column + " button").click();
        assertThat(page()).hasURL(Pattern.compile("sort=-?" + column));
        String sort = screen.address().replaceAll(".*sort=(-?\\w+).*", "$1");
        awaitRows("/api/v1/job-types?search=%s&sort=%s".formatted(Api.encoded(SOMEONE), sort));
      }
    }
  }

  @Test
  void jobsAreFiltered() {
    screen.open("/jobs");
    screen.search().fill(SOMEONE);
    assertThat(screen.find(".found")).hasText(JOBS + " jobs found");

    screen.find("select[aria-label=Status]").selectOption("Failed");
    assertThat(screen.find(".found")).hasText("3 jobs found");
    screen.find("select[aria-label=Status]").selectOption("");
    screen.find("select[aria-label='All connectors']").selectOption("Dropbox");
    assertThat(screen.find(".found")).hasText("1 job found");
    assertThat(screen.row(held)).isVisible();
    screen.find("select[aria-label='All connectors']").selectOption("");

    Locator configuration = screen.find("configuration-filter input");
    configuration.fill(SOMEONE + " t");
    assertThat(screen.find("#configurations option")).hasCount(1);
    configuration.fill(SOMEONE + " too");
    configuration.press("Enter");
    assertThat(screen.find(".found")).hasText("3 jobs found");
    assertThat(screen.find(".chip")).containsText(SOMEONE + " too");
    screen.button("All configurations").click();
    assertThat(screen.find(".found")).hasText(JOBS + " jobs found");
  }

  @Test
  void jobTypesAreFiltered() {
    screen.open("/job-types");
    screen.search().fill(SOMEONE);
    assertThat(screen.find(".found")).hasText("3 job types found");
    screen.find("select[aria-label='All connectors']").selectOption("Slack");
    assertThat(screen.find(".found")).hasText("1 job type found");
    screen.find("select[aria-label='All runs']").selectOption("paused");
    assertThat(screen.find(".notice")).containsText("No job type matches.");
  }

  @Test
  void pagesAreTurned() {
    screen.open("/jobs?search=" + SOMEONE);
    awaitRows(list(""));
    turn("Next page");
    awaitRows(list("&page=1"));
    turn("Last page");
    awaitRows(list("&page=2"));
    assertThat(screen.find("tbody tr")).hasCount(JOBS - 40);
    assertThat(screen.find(".pager [aria-current=page]")).hasText("3");
    turn("Previous page");
    awaitRows(list("&page=1"));
    turn("Page 3");
    awaitRows(list("&page=2"));
    turn("First page");
    awaitRows(list(""));
    assertThat(screen.address()).doesNotContain("page=");
  }

  @Test
  void jobsAreSortedFilteredAndTurnedByKeyboard() {
    screen.open("/jobs?search=" + SOMEONE);
    awaitRows(list(""));
    screen.tabTo(screen.find("thead .by-name button")).keys("Enter");
    awaitRows(list("&sort=name"));
    assertThat(screen.find("thead .by-name button")).isFocused();
    screen.tabTo(turner("Next page")).keys("Enter");
    awaitRows(list("&sort=name&page=1"));
    screen.tabTo(turner("Last page")).keys("Enter");
    awaitRows(list("&sort=name&page=2"));
    assertThat(turner("Last page")).isFocused();
    screen.tabTo(screen.find("select[aria-label=Status]")).type("Failed");
    assertThat(screen.find(".found")).hasText("3 jobs found");
    screen.tabTo(screen.find("configuration-filter input")).type(SOMEONE + " too").keys("Enter");
    assertThat(screen.find(".chip button")).isFocused();
    screen.keys("Enter");
    assertThat(screen.find("configuration-filter input")).isFocused();
  }

  @Test
  void theSearchOfTheBarFindsJobsAndJobTypes() {
    screen.open("/");
    screen.find(".bar input").fill(SOMEONE);
    screen.find(".bar input").press("Enter");
    assertThat(screen.find(".found")).hasText(JOBS + " jobs found");
    screen.find(".bar form select").selectOption("job-types");
    screen.find(".bar input").press("Enter");
    assertThat(screen.find(".found")).hasText("3 job types found");
  }

  private void turn(String words) {
    turner(words).click();
  }

  private Locator turner(String words) {
    return screen
        .find(".pager")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(words).setExact(true));
  }

  private void awaitRows(String list) {
    await().untilAsserted(() -> assertThat(screen.rows()).isEqualTo(api.ids(list)));
  }

  private static String list(String more) {
    return "/api/v1/jobs?search=" + Api.encoded(SOMEONE) + more;
  }
}

package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Everything can be reached by keyboard, and the focus returns to where it was.
class KeysIT extends InBrowser {

  private static final String SOMEONE = Api.someone();

  @BeforeAll
  static void makeJobs() {
    Api api = Stack.api();
    List<String> jobs = api.trigger(api.enable("default", "HubSpot", SOMEONE), 3);
    jobs.forEach(job -> api.awaitStatus(job, "Completed"));
  }

  @Test
  void rowsAreWalkedSelectedAndOpened() {
    List<String> rows = open();

    assertThat(screen.keys("j").focusedRow()).isEqualTo(rows.get(0));
    assertThat(screen.keys("j", "j").focusedRow()).isEqualTo(rows.get(2));
    assertThat(screen.keys("j").focusedRow()).isEqualTo(rows.get(2));
    assertThat(screen.keys("k").focusedRow()).isEqualTo(rows.get(1));
    screen.keys("x");
    assertThat(screen.row(rows.get(1)).locator("input")).isChecked();
    screen.keys("x");
    assertThat(screen.row(rows.get(1)).locator("input")).not().isChecked();
    screen.keys("Enter");
    assertThat(screen.dialog().locator("#drawer")).containsText(SOMEONE);
    screen.keys("Escape");
    assertThat(screen.dialog()).isHidden();
    assertThat(screen.focusedRow()).isEqualTo(rows.get(1));
  }

  @Test
  void theFocusReturnsToTheRowOfTheDrawer() {
    List<String> rows = open();

    screen.row(rows.get(2)).locator(".by-name a").click();
    assertThat(screen.dialog().locator(".path")).isVisible();
    screen.answer("Close").click();

    assertThat(screen.dialog()).isHidden();
    assertThat(screen.focusedRow()).isEqualTo(rows.get(2));
    screen.row(rows.get(0)).locator(".by-name a").click();
    assertThat(screen.dialog().locator(".path")).isVisible();
    page().mouse().click(300, 500);
    assertThat(screen.dialog()).isHidden();
    assertThat(screen.focusedRow()).isEqualTo(rows.get(0));
  }

  @Test
  void theFocusStaysInTheDrawer() {
    open();
    screen.keys("j", "Enter");
    assertThat(screen.dialog().locator(".path")).isVisible();
    for (int i = 0; i < 30; i++) {
      screen.keys("Tab");
      assertThat(
              page()
                  .evaluate(
                      "document.activeElement === document.body"
                          + " || Boolean(document.activeElement.closest('dialog'))"))
          .isEqualTo(true);
    }
  }

  @Test
  void searchAndHelpAreOneKeyAway() {
    open();
    screen.keys("?");
    assertThat(screen.dialog()).containsText("next row");
    screen.keys("Escape", "/");
    assertThat(screen.search()).isFocused();
    screen.type("j?");
    assertThat(screen.search()).hasValue(SOMEONE + "j?");
    assertThat(page()).hasURL(Pattern.compile("j%3F"));
    screen.type(" ");
    assertThat(page()).hasURL(Pattern.compile("j%3F\\+"));
    screen.type("x");
    assertThat(screen.search()).hasValue(SOMEONE + "j? x");
    assertThat(screen.dialog()).isHidden();
    assertThat(screen.find(".notice")).containsText("No job matches.");
  }

  @Test
  void screensAreTwoKeysAway() {
    open();
    screen.keys("g", "o");
    assertThat(screen.find("jobs-overview")).isVisible();
    screen.keys("g", "t");
    assertThat(page()).hasURL(Pattern.compile("/job-types$"));
    screen.keys("g", "j");
    assertThat(page()).hasURL(Pattern.compile("/jobs$"));
    assertThat(screen.find("tbody tr").first()).isVisible();
    screen.keys("j");
    assertThat(screen.focusedRow()).isEqualTo(screen.rows().getFirst());
  }

  @Test
  void theContentIsTheFirstLink() {
    open();
    screen.keys("Tab");
    assertThat(screen.find(".skip")).isFocused();
    screen.keys("Enter");
    assertThat(screen.find("main")).isFocused();
  }

  @Test
  void aJobTypeIsOpenedByEnter() {
    screen.open("/job-types?search=" + SOMEONE);
    assertThat(screen.find("tbody tr")).hasCount(1);
    screen.keys("j", "Enter");
    assertThat(screen.find("#type")).containsText(SOMEONE);
    assertThat(screen.find("tbody tr")).hasCount(3);
  }

  @Test
  void anotherScreenHasTheFocus() {
    screen.open("/jobs?search=" + SOMEONE);
    screen.tabTo(screen.find(".side a[href='/job-types']")).keys("Enter");
    assertThat(screen.find("job-types tbody tr").first()).isVisible();
    assertThat(screen.find("main")).isFocused();
  }

  @Test
  void theFocusStaysNearWhatIsGone() {
    open();
    screen.keys("j", "j", "x").tabTo(screen.find(".bulk").getByText("Clear")).keys("Enter");
    assertThat(screen.find(".bulk")).isHidden();
    assertThat(screen.focusedRow()).isEqualTo(screen.rows().get(1));

    String id = api.enable("nobody", "HubSpot", Api.someone());
    screen.open("/job-types/" + Api.encoded(id));
    screen.tabTo(screen.find(".title").getByText("Remove")).keys("Enter");
    assertThat(screen.find(".title").getByText("Restore")).isFocused();
    screen.tabTo(screen.toast("is removed.").getByLabel("Dismiss")).keys("Enter");
    assertThat(screen.find("main")).isFocused();
  }

  @Test
  void whoFollowedALinkToAJobIsInTheContentWhenItIsClosed() {
    String id = open().getFirst();
    screen.open("/?job=" + id);
    assertThat(screen.dialog().locator(".path")).isVisible();
    screen.keys("Escape");
    assertThat(screen.dialog()).isHidden();
    assertThat(screen.find("main")).isFocused();
    assertThat(screen.address()).isEqualTo("/");
  }

  @Test
  void settingsAreClosedByEscape() {
    open();
    screen.tabTo(screen.button("Settings")).keys("Enter");
    assertThat(screen.find("#settings")).isVisible();
    screen.find("#settings select").first().selectOption("UTC");
    assertThat(screen.find("tbody time[title$='UTC']").first()).isVisible();
    screen.keys("Escape");
    assertThat(screen.find("#settings")).isHidden();
    assertThat(screen.button("Settings")).isFocused();
  }

  private List<String> open() {
    screen.open("/jobs?search=" + SOMEONE);
    assertThat(screen.find("tbody tr")).hasCount(3);
    return screen.rows();
  }
}

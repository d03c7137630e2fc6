package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Schedules are changed by people who see what they do.
class CronEditorIT extends InBrowser {

  private static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");

  private final String someone = Api.someone();
  private String id;

  @BeforeEach
  void open() {
    id = api.enable("default", "HubSpot", someone, "0 2 * * *");
    screen.open("/job-types?search=" + someone);
    assertThat(screen.row(id)).isVisible();
  }

  @Test
  void takesAPresetAndShowsOldAgainstNew() {
    screen.row(id).getByText("Edit schedule").click();
    screen.answer("Every hour").click();

    Locator meanings = screen.find(".compare > div");
    assertThat(meanings).hasCount(2);
    assertThat(meanings.first()).containsText("0 2 * * *");
    assertThat(meanings.last()).containsText("0 * * * *");
    assertThat(meanings.last().locator("tbody tr")).hasCount(5);
    screen.answer("Save").click();

    assertThat(screen.toast("is changed.")).isVisible();
    assertThat(screen.row(id).locator(".by-schedule code")).hasText("0 * * * *");
    assertThat(api.jobType(id).at("/Cron").asString()).isEqualTo("0 * * * *");
  }

  @Test
  void isUsedByKeyboard() {
    screen.keys("j", "e");
    assertThat(cron()).isFocused();
    screen.keys("Control+a").type("*/10 * * * *");
    assertThat(screen.find(".compare > div").last()).containsText("*/10 * * * *");
    screen.keys("Enter");

    assertThat(screen.row(id).locator(".by-schedule code")).hasText("*/10 * * * *");
    assertThat(screen.dialog()).isHidden();
    assertThat(screen.focusedRow()).isEqualTo(id);
    assertThat(screen.address()).doesNotContain("edit=");
  }

  @Test
  void leavesThingsAsTheyAreOnEscape() {
    screen.keys("j", "e");
    assertThat(cron()).isFocused();
    screen.keys("Control+a").type("*/10 * * * *").keys("Escape");

    assertThat(screen.dialog()).isHidden();
    assertThat(screen.focusedRow()).isEqualTo(id);
    assertThat(api.jobType(id).at("/Cron").asString()).isEqualTo("0 2 * * *");
  }

  @Test
  void underlinesTheFieldAtFault() {
    screen.row(id).getByText("Edit schedule").click();

    cron().fill("0 25 * * *");

    assertThat(screen.find(".fault .wrong")).hasText("25");
    assertThat(screen.find(".fault")).containsText("hour");
    assertThat(cron()).hasAttribute("aria-invalid", "true");
    assertThat(screen.answer("Save")).isDisabled();
    cron().fill("0 23 * * *");
    assertThat(screen.find(".fault")).isHidden();
    assertThat(screen.answer("Save")).isEnabled();
  }

  @Test
  void tellsWhatDaylightSavingDoes() {
    LocalDateTime gap = nextGap().getDateTimeBefore().plusMinutes(30);
    screen.row(id).getByText("Edit schedule").click();

    screen.dialog().getByLabel("Time zone").fill(ZONE.getId());
    cron()
        .fill(
            "%d %d %d %d *"
                .formatted(
                    gap.getMinute(), gap.getHour(), gap.getDayOfMonth(), gap.getMonthValue()));

    assertThat(screen.find(".compare > div").last().locator(".warning")).not().hasCount(0);
    assertThat(screen.find(".compare > div").last())
        .containsText(Pattern.compile("clock|daylight|hour", Pattern.CASE_INSENSITIVE));
    assertThat(screen.find(".compare > div").last()).containsText(ZONE.getId());
  }

  @Test
  void savesAPolicy() {
    screen.row(id).getByText("Edit schedule").click();
    screen.dialog().locator("summary").click();
    screen.dialog().getByLabel("While an earlier job is not finished").selectOption("queue");
    screen.dialog().getByLabel("Retries").fill("5");

    screen.answer("Save").click();

    assertThat(screen.dialog()).isHidden();
    assertThat(api.jobType(id).at("/Overlap").asString()).isEqualTo("queue");
    assertThat(api.jobType(id).at("/Retries").asInt()).isEqualTo(5);
  }

  @Test
  void tellsHowManyOtherSchedulesShareTheMinute() {
    api.enable("default", "Slack", Api.someone(), "17 5 * * *");
    screen.row(id).getByText("Edit schedule").click();

    cron().fill("17 5 * * *");

    assertThat(screen.find(".compare > div").last())
        .containsText(Pattern.compile("\\d+ other schedules? (is|are) due in the same minute"));
  }

  private Locator cron() {
    return screen.find("input[name=cron]");
  }

  /// When clocks next go forward.
  private static ZoneOffsetTransition nextGap() {
    ZoneOffsetTransition next = ZONE.getRules().nextTransition(Instant.now());
    while (!next.isGap()) {
      next = ZONE.getRules().nextTransition(next.getInstant());
    }
    return next;
  }
}

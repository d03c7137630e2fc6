package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What crawlers and people wrote is text, whatever it looks like.
class MarkupIT extends InBrowser {

  private static final String NAME = "<b>bold</b><script>alert(2)</script>";

  private final String configuration =
      "\"><img src=x onerror=alert(3)> " + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> alerts = new ArrayList<>();
  private String type;
  private String job;

  @BeforeEach
  void fail() {
    type = api.enable("markup", NAME, configuration);
    job = api.awaitStatus(api.trigger(type), "Failed");
    page()
        .onDialog(dialog -> {
          alerts.add(dialog.message());
          dialog.dismiss();
        });
  }

  @Test
  void isShownAsItWasWritten() {
    String search = "?search=" + Api.encoded(configuration);
    screen.open("/jobs" + search);
    assertThat(screen.row(job).locator(".by-name")).containsText(NAME);
    assertThat(screen.row(job).locator(".by-configuration")).hasText(configuration);
    harmless();

    screen.open("/job-types" + search);
    assertThat(screen.row(type).locator(".by-name")).containsText(NAME);
    screen.row(type).getByText("Remove").click();
    assertThat(screen.toast("is removed.")).containsText(configuration);
    screen.toast("is removed.").getByText("Undo").click();
    assertThat(screen.row(type)).isVisible();
    harmless();

    screen.open("/job-types/" + Api.encoded(type) + "?edit=" + Api.encoded(type));
    assertThat(screen.find("#type")).containsText(configuration);
    assertThat(screen.find("#editor")).containsText(NAME);
    harmless();
  }

  @Test
  void anErrorIsShownAsItWasWritten() {
    screen.open("/jobs?job=" + job);

    assertThat(screen.dialog().locator("#drawer")).containsText(NAME);
    assertThat(screen.dialog().locator(".error summary")).containsText(CrawlsAtWill.ERROR);
    screen.dialog().locator(".error summary").click();
    assertThat(screen.dialog().locator(".error pre")).containsText(CrawlsAtWill.ERROR);
    assertThat(screen.dialog().locator(".events")).containsText(CrawlsAtWill.ERROR);
    harmless();
  }

  @Test
  void aReasonIsShownAsItWasWritten() {
    screen.open("/job-types/" + Api.encoded(type));
    screen.find(".title").getByText("Pause").click();
    screen.dialog().getByLabel("Why?").fill(CrawlsAtWill.ERROR);
    screen.answer("Pause").click();

    assertThat(screen.find(".facts")).containsText("Paused: " + CrawlsAtWill.ERROR);
    harmless();
  }

  private void harmless() {
    assertThat(screen.find("crawl-jobs img, crawl-jobs b, crawl-jobs script")).hasCount(0);
    assertThat(alerts).isEmpty();
  }
}

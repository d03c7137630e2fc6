package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.stack.StackProcess;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What happens is seen without a reload, and nothing jumps.
class LiveIT extends InBrowser {

  private final String someone = Api.someone();

  @Test
  void newJobsGatherBehindAPill() {
    String type = api.enable("held", "HubSpot", someone);
    String first = open(api.trigger(type));
    screen.settle();

    String second = api.trigger(type);
    String third = api.trigger(type);

    assertThat(screen.find(".pill")).hasText("2 new");
    assertThat(screen.rows()).containsExactly(first);
    assertThat(screen.find(".found")).hasText("3 jobs found");
    screen.find(".pill").click();
    await().untilAsserted(() -> assertThat(screen.rows()).containsExactly(third, second, first));
    assertThat(screen.find(".pill")).isHidden();
    assertThat(screen.isSamePage()).isTrue();
    List.of(first, second, third).forEach(Stack.crawls()::end);
  }

  @Test
  void aRowChangesInPlaceThroughItsStates() {
    String id = open(api.trigger(api.enable("held", "HubSpot", someone)));
    screen.row(id).evaluate("row => (row.marked = true)");

    assertThat(screen.status(id)).hasText("Executing");
    await().until(() -> Integer.parseInt(screen.row(id).locator(".by-clues").innerText()) > 1);
    Stack.crawls().end(id);

    assertThat(screen.status(id)).hasText("Completed");
    assertThat(screen.row(id).locator(".by-finished time")).hasText("just now");
    assertThat(screen.row(id).locator("td.actions button")).hasText("Run");
    assertThat(screen.row(id).evaluate("row => row.marked")).isEqualTo(true);
    assertThat(screen.isSamePage()).isTrue();
  }

  @Test
  void tilesFollow() {
    String type = api.enable("held", "HubSpot", someone);
    screen.open("/").mark();
    assertThat(screen.find(".tile.executing strong")).not().hasText("…");

    String id = api.trigger(type);
    awaitTile("executing");
    Stack.crawls().end(id);
    api.awaitStatus(id, "Completed");

    awaitTile("completed");
    awaitTile("executing");
    assertThat(screen.isSamePage()).isTrue();
  }

  @Test
  void theDrawerFollows() {
    String id = open(api.trigger(api.enable("held", "HubSpot", someone)));
    assertThat(screen.status(id)).hasText("Executing");
    screen.keys("j", "Enter");
    assertThat(screen.dialog().locator(".path li").last()).containsText("Executing");
    Stack.crawls().end(id);
    assertThat(screen.dialog().locator(".summary .status")).hasText("Completed");
    assertThat(screen.dialog().locator(".path li").last()).containsText("Completed");
  }

  @Test
  void anInterruptionIsToldAndCaughtUpWith() {
    String id = open(api.trigger(api.enable("held", "HubSpot", someone)));
    assertThat(screen.status(id)).hasText("Executing");
    assertThat(screen.badge()).hasText("Live");
    StackProcess gateway = Stack.get().process("gateway");

    gateway.kill();
    assertThat(screen.badge()).containsText("Reconnecting");
    Stack.crawls().end(id);
    gateway.begin();
    gateway.awaitReady();

    assertThat(screen.badge()).hasText("Live");
    assertThat(screen.status(id)).hasText("Completed");
    assertThat(screen.isSamePage()).isTrue();
  }

  @Test
  void nothingMovesWhilePaused() throws InterruptedException {
    String id = open(api.trigger(api.enable("held", "HubSpot", someone)));
    assertThat(screen.status(id)).hasText("Executing");

    screen.badge().click();
    assertThat(screen.badge()).containsText("Paused");
    Stack.crawls().end(id);
    api.awaitStatus(id, "Completed");
    Thread.sleep(Duration.ofSeconds(2));
    assertThat(screen.status(id)).hasText("Executing");
    assertThat(screen.find(".badge-live small")).containsText("s old");
    screen.badge().click();

    assertThat(screen.badge()).hasText("Live");
    assertThat(screen.status(id)).hasText("Completed");
  }

  @Test
  void hiddenTabsStop() throws InterruptedException {
    String id = open(api.trigger(api.enable("held", "HubSpot", someone)));
    assertThat(screen.status(id)).hasText("Executing");
    assertThat(screen.badge()).hasText("Live");
    screen.hide(true);
    Thread.sleep(Duration.ofSeconds(1));
    List<String> requests = new CopyOnWriteArrayList<>();
    page().onRequest(request -> requests.add(request.url()));

    Stack.crawls().end(id);
    api.awaitStatus(id, "Completed");
    page().waitForTimeout(6_000);

    assertThat(requests).isEmpty();
    assertThat(screen.status(id)).hasText("Executing");
    screen.hide(false);
    assertThat(screen.badge()).hasText("Live");
    assertThat(screen.status(id)).hasText("Completed");
    assertThat(screen.isSamePage()).isTrue();
  }

  @Test
  void aPageThatOpensIsReadOnceMore() {
    String id = api.trigger(api.enable("held", "HubSpot", someone));
    api.awaitStatus(id, "Executing");
    List<String> reads = new CopyOnWriteArrayList<>();
    page()
        .onRequest(request -> {
          if (request.url().matches(".*/api/v1/jobs\\?.*take=20.*")) {
            reads.add(request.url());
          }
        });
    page().clock().setFixedTime(new Date()); // so that it has just opened however slow all is

    open(id);
    page().waitForTimeout(4_000);

    assertThat(reads).hasSize(2);
    Stack.crawls().end(id);
  }

  private String open(String id) {
    screen.open("/jobs?search=" + someone).mark();
    assertThat(screen.row(id)).isVisible();
    assertThat(screen.badge()).hasText("Live");
    return id;
  }

  private void awaitTile(String state) {
    await()
        .untilAsserted(() ->
            assertThat(screen.find(".tile." + state + " strong").innerText())
                .isEqualTo(
                    "%,d".formatted(api.get("/api/v1/jobstatecount").at("/" + state).asLong())));
  }
}

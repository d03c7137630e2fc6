package com.cluedin.jobs.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.List;

/// A page of the dashboard, in the words of who looks at it.
record Screen(Page page) {

  private static final int MOST_TABS = 200;

  Screen open(String path) {
    page.navigate(
        Stack.get().address() + path,
        new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    return this;
  }

  /// Waits for the second time that a page reads everything, a moment after its stream began.
  Screen settle() {
    page.waitForTimeout(3_000);
    return this;
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  Locator row(String id) {
    return page.locator("tr[data-id='%s']".formatted(id));
  }

  Locator status(String jobId) {
    return row(jobId).locator(".status");
  }

  Locator button(String words) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(words).setExact(true));
  }

  Locator heading(String words) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(words).setExact(true));
  }

  /// The dialog on top.
  Locator dialog() {
    return page.locator("dialog[open]").last();
  }

  /// A button of the dialog on top.
  Locator answer(String words) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(words).setExact(true));
  }

  Locator toast(String words) {
    return page.locator(".toast").filter(new Locator.FilterOptions().setHasText(words));
  }

  /// What the badge says: Live, Reconnecting or Paused.
  Locator badge() {
    return page.locator(".badge-live .state");
  }

  Locator search() {
    return page.locator("main input[type=search]");
  }

  List<String> rows() {
    return page.locator("tbody tr[data-id]").all().stream()
        .map(row -> row.getAttribute("data-id"))
        .toList();
  }

  /// The row that has the focus.
  String focusedRow() {
    return String.valueOf(page.evaluate("document.activeElement?.dataset?.id"));
  }

  Screen keys(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
    return this;
  }

  Screen type(String words) {
    page.keyboard().type(words);
    return this;
  }

  /// Goes from one thing to the next until it has the focus.
  Screen tabTo(Locator wanted) {
    for (int i = 0; i < MOST_TABS; i++) {
      page.keyboard().press("Tab");
      if (Boolean.TRUE.equals(wanted.evaluate("it => it === document.activeElement"))) {
        return this;
      }
    }
    throw new AssertionError(wanted + " cannot be reached by keyboard");
  }

  String address() {
    return page.url().substring(Stack.get().address().toString().length());
  }

  /// From now on {@link #isSamePage} tells whether the page was loaded again.
  Screen mark() {
    page.evaluate("window.marked = true");
    return this;
  }

  boolean isSamePage() {
    return Boolean.TRUE.equals(page.evaluate("window.marked === true"));
  }

  /// Makes the page believe that its tab is hidden, or seen again.
  void hide(boolean hidden) {
    page.evaluate(
        """
        hidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }\
        """,
        hidden);
  }
}

package com.cluedin.jobs.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/// Measures a page from within and from without.
final class Probe {

  private static final String WITHIN =
      """
      window.probe = { longest: 0, changes: 0, rereads: 0 };
      new PerformanceObserver(list => {
        for (const { duration } of list.getEntries()) probe.longest = Math.max(probe.longest, duration);
      }).observe({ type: 'longtask', buffered: true });
      const add = EventSource.prototype.addEventListener;
      EventSource.prototype.addEventListener = function (type, listener) {
        add.call(this, type, event => {
          if (type === 'jobs') {
            const told = JSON.parse(event.data);
            probe.changes += told.Jobs?.length ?? 0;
            probe.rereads += told.Many ? 1 : 0;
          }
          listener(event);
        });
      };\
      """;

  private final Page page;
  private final CDPSession session;
  private long received;

  /// To be made before the page is opened.
  Probe(Page page) {
    this.page = page;
    page.addInitScript(WITHIN);
    session = page.context().newCDPSession(page);
    session.send("Performance.enable");
    session.send("Network.enable");
    session.on(
        "Network.loadingFinished", event -> received += event.get("encodedDataLength").getAsLong());
  }

  /// Bytes that came over the network, compressed, with their heads, of answers that are over.
  long received() {
    page.waitForTimeout(100);
    return received;
  }

  void forget() {
    page.evaluate("Object.assign(probe, { longest: 0, changes: 0, rereads: 0 })");
  }

  /// In milliseconds, since it was taken before; tasks below 50 ms are not told of.
  double takeLongestTask() {
    return number("[probe.longest, probe.longest = 0][0]");
  }

  /// How many changes of jobs the stream told.
  long changes() {
    return (long) number("probe.changes");
  }

  /// How often the stream said that everything has to be read again.
  long rereads() {
    return (long) number("probe.rereads");
  }

  /// Bytes in use by scripts, when nothing is left to be collected.
  long heap() {
    session.send("HeapProfiler.enable");
    session.send("HeapProfiler.collectGarbage");
    session.send("HeapProfiler.collectGarbage");
    for (var metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      JsonObject measured = metric.getAsJsonObject();
      if (measured.get("name").getAsString().equals("JSHeapUsedSize")) {
        return measured.get("value").getAsLong();
      }
    }
    throw new AssertionError("no JSHeapUsedSize");
  }

  double firstContentfulPaint() {
    page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length");
    return number("performance.getEntriesByName('first-contentful-paint')[0].startTime");
  }

  private double number(String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }
}

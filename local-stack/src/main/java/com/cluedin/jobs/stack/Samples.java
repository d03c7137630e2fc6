package com.cluedin.jobs.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Integrations to look at after the first start, all of one organization. Their ids are always the
/// same, so enabling them twice is enabling them once.
final class Samples {

  /// @param number makes the ids
  /// @param account whom the integration crawls for
  /// @param cron null: every 4 hours
  /// @param alarm null: none
  record Sample(
      int number,
      String name,
      String account,
      @Nullable String cron,
      @Nullable String timeZone,
      @Nullable String alarm) {

    String json() {
      return """
      {"configurationId":"%s","organizationId":"%s","userId":"%s","providerId":"%s",\
      "name":"%s","configurationName":"%s","cron":%s,"timeZone":%s,"alarm":%s}\
      """
          .formatted(
              new UUID(0xc0f1_0000_0000_4000L, VARIANT | number),
              ORGANIZATION,
              USER,
              new UUID(0xadd4_0000_0000_4000L, VARIANT | number),
              name,
              account,
              quoted(cron),
              quoted(timeZone),
              quoted(alarm));
    }
  }

  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final UUID ORGANIZATION = UUID.fromString("e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97");
  private static final UUID USER = UUID.fromString("eedd5056-0e1a-429e-9e3b-19104d63bd9a");

  static final List<Sample> ALL =
      List.of(
          new Sample(1, "HubSpot", "Tim Ward", "* * * * *", null, null),
          new Sample(2, "Dropbox", "Research", "* * * * *", null, "00:10:00"),
          new Sample(3, "Slack", "Support", "*/5 * * * *", null, null),
          new Sample(4, "Salesforce", "Sales", "*/5 * * * *", null, "01:00:00"),
          new Sample(5, "SharePoint", "Intranet", null, null, null),
          new Sample(6, "Acceptance", "Nightly", "0 3 * * MON", "Europe/Copenhagen", null));

  private Samples() {}

  /// Enables them, once for all starts on these data.
  static void enable(URI gateway, Path done) throws IOException {
    if (Files.exists(done)) {
      return;
    }
    for (Sample sample : ALL) {
      String answer = Http.post(gateway.resolve("/api/v1/integrations"), sample.json());
      if (!answer.startsWith("2")) {
        throw new IOException("the gateway answers " + answer);
      }
    }
    Files.createFile(done);
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : '"' + text + '"';
  }
}

package com.cluedin.jobs.gateway;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.service.Refusal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a client sends to enable an integration. See {@link IntegrationEnabled} for what the parts
/// mean; blank ones are absent.
record IntegrationRequest(
    @Schema(requiredMode = REQUIRED, format = "uuid") @Nullable String configurationId,
    @Schema(requiredMode = REQUIRED, format = "uuid") @Nullable String organizationId,
    @Schema(requiredMode = REQUIRED, format = "uuid") @Nullable String userId,
    @Schema(requiredMode = REQUIRED, format = "uuid") @Nullable String providerId,
    @Schema(requiredMode = REQUIRED, maxLength = 200, example = "HubSpot") @Nullable String name,
    @Schema(maxLength = 200, example = "Tim Ward") @Nullable String configurationName,
    @Schema(maxLength = 200, example = "47 0/4 * * *") @Nullable String cron,
    @Schema(maxLength = 200, example = "Europe/Copenhagen") @Nullable String timeZone,
    @Schema(defaultValue = "default") @Nullable String queue,
    @Schema(example = "01:30:00", description = "[d.]hh:mm:ss; 00:00:00: none")
        @Nullable String alarm) {

  private static final int LONGEST = 200;

  /// The event it asks for. Cron and time zone are not checked here: the scheduler knows them.
  ///
  /// @throws Refusal 400 that tells everything that is wrong
  IntegrationEnabled event(Instant now) {
    Check check = new Check(new ArrayList<>());
    UUID configuration = check.guid("configurationId", configurationId);
    UUID organization = check.guid("organizationId", organizationId);
    UUID user = check.guid("userId", userId);
    UUID provider = check.guid("providerId", providerId);
    String source = check.text("name", name);
    if (source == null) {
      check.faults.add("name is missing");
    }
    String account = check.text("configurationName", configurationName);
    String schedule = check.text("cron", cron);
    String zone = check.text("timeZone", timeZone);
    String jobQueue = check.queue(queue);
    TimeSpan time = check.alarm(alarm);
    if (!check.faults.isEmpty()
        || configuration == null
        || organization == null
        || user == null
        || provider == null
        || source == null) {
      throw Refusal.badRequest(String.join("; ", check.faults) + ".");
    }
    return new IntegrationEnabled(
        configuration,
        organization,
        user,
        provider,
        source,
        account,
        schedule,
        zone,
        jobQueue,
        time,
        now);
  }

  private record Check(List<String> faults) {

    @Nullable UUID guid(String field, @Nullable String text) {
      UUID guid = Guid.parse(text);
      if (guid == null) {
        faults.add(field + " must be a Guid, " + Guid.not(text));
      }
      return guid;
    }

    @Nullable String text(String field, @Nullable String text) {
      if (text == null || text.isBlank()) {
        return null;
      }
      if (text.length() > LONGEST) {
        faults.add("%s has %d characters, at most %d".formatted(field, text.length(), LONGEST));
      }
      if (text.codePoints().anyMatch(Check::isUnprintable)) {
        faults.add(field + " contains a control character or half of one");
      }
      return text.strip();
    }

    @Nullable String queue(@Nullable String text) {
      String queue = text("queue", text);
      if (queue != null && !Topics.QUEUE_NAME.matcher(queue).matches()) {
        faults.add("queue must be lower-case letters, digits, - and _, at most 63");
      }
      return queue;
    }

    @Nullable TimeSpan alarm(@Nullable String text) {
      try {
        return text == null || text.isBlank() ? null : TimeSpan.parse(text.strip());
      } catch (IllegalArgumentException e) {
        faults.add("alarm: " + e.getMessage());
        return null;
      }
    }

    private static boolean isUnprintable(int character) {
      return switch (Character.getType(character)) {
        case Character.CONTROL,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            true;
        default -> false;
      };
    }
  }
}

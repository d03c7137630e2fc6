package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.service.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationRequestTest {

  private static final String ID = "5b593555-7575-4a85-95f1-53b727ae061e";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.1234567Z");

  @Test
  void blankPartsAreAbsentAndTheTimeIsInMicroseconds() {
    IntegrationEnabled event = request(" HubSpot ", "", " ", null).event(NOW);
    assertThat(event.name()).isEqualTo("HubSpot");
    assertThat(event.configurationName()).isNull();
    assertThat(event.queue()).isNull();
    assertThat(event.at()).isEqualTo("2026-01-01T00:00:00.123456Z");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    IntegrationRequest request =
        new IntegrationRequest(
            null, "1-1-1-1-1", ID, " ", null, null, null, null, "Big Queue", "1h");
    assertThat(refusalOf(request))
        .contains(
            "configurationId must be a Guid, and is missing",
            "organizationId must be a Guid, not \"1-1-1-1-1\"",
            "providerId must be a Guid, and is missing",
            "name is missing",
            "queue must be lower-case",
            "alarm: a time span is [d.]hh:mm:ss")
        .doesNotContain("userId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\nb", "a\u2028b", "a\uD800b", "\u009F"})
  void refusesNamesNobodyCanPrint(String name) {
    assertThat(refusalOf(request(name, null, null, null))).contains("name contains");
    assertThat(refusalOf(request("n", name, null, null))).contains("configurationName contains");
  }

  @Test
  void namesHaveABound() {
    assertThat(request("x".repeat(200), "ü€😀", null, null).event(NOW).name()).hasSize(200);
    assertThat(refusalOf(request("x".repeat(201), null, null, null))).contains("at most 200");
  }

  private static IntegrationRequest request(
      String name, @Nullable String account, @Nullable String queue, @Nullable String alarm) {
    return new IntegrationRequest(ID, ID, ID, ID, name, account, null, null, queue, alarm);
  }

  private static String refusalOf(IntegrationRequest request) {
    return catchThrowableOfType(Refusal.class, () -> request.event(NOW)).getBody().getDetail();
  }
}

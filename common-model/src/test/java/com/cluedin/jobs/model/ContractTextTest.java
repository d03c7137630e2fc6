package com.cluedin.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTextTest {

  @ParameterizedTest
  @CsvSource({
    "2020-04-06T16:47:00Z, 2020-04-06T16:47:00",
    "2020-04-06T13:47:16.509661600Z, 2020-04-06T13:47:16.5096616",
    "2020-04-06T13:47:16.500Z, 2020-04-06T13:47:16.5",
    "2020-04-06T13:47:16.000000100Z, 2020-04-06T13:47:16.0000001"
  })
  void timesHaveUpToSevenFractionDigitsAndNoTrailingZero(Instant instant, String text) {
    assertThat(ContractTime.utc(instant)).isEqualTo(text + "Z");
    assertThat(ContractTime.offset(instant)).isEqualTo(text + "+00:00");
  }

  @ParameterizedTest
  @CsvSource({"00:00:00, 0", "01:30:00, 5400", "2.00:00:01, 172801", "23:59:59, 86399"})
  void timeSpansAreWrittenAsTheyAreRead(String text, long seconds) {
    assertThat(TimeSpan.parse(text).duration()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(TimeSpan.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "24:00:00", "00:60:00", "-01:00:00", "PT1H", "1.2.3"})
  void whatIsNoTimeSpanIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TimeSpan.parse(text));
  }

  @Test
  void jobTypeIdsAreThreeGuids() {
    String text =
        "5b593555-7575-4a85-95f1-53b727ae061e|e4fa89de-a3e7-4d4a-b3b1-7e4f25c1ed97|add490b8-e387-42de-99cb-f6d7b82fc78f";
    assertThat(JobTypeId.parse(text)).hasToString(text);
    assertThatIllegalArgumentException().isThrownBy(() -> JobTypeId.parse("a|b|c"));
    assertThatIllegalArgumentException().isThrownBy(() -> JobTypeId.parse("a"));
  }
}

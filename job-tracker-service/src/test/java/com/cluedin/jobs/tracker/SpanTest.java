package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.service.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T00:00:00Z, 2026-03-03T00:00:00Z, 1:0/3:0",
    "2026-03-01T05:00:00Z, 2026-03-03T07:00:00Z, 2:0/3:0 1:5/2:0 3:0/3:7",
    "2026-03-01T05:00:00Z, 2026-03-02T00:00:00Z, 2:0/2:0 1:5/2:0",
    "2026-03-01T05:00:00Z, 2026-03-01T07:00:00Z, 2:0/1:0 1:5/1:7",
    "2026-03-01T05:00:00Z, 2026-03-01T05:00:00Z, 2:0/1:0 1:5/1:5",
    "2026-03-01T05:00:00Z, ,                     2:0/- 1:5/2:0",
    ",                     2026-03-01T07:00:00Z, -/1:0 1:0/1:7",
    ",                     ,                     -/-",
    "2026-03-01T02:00:00+02:00, 2026-03-03T00:00:00Z, 1:0/3:0",
  })
  void isDaysAndEdges(String from, String to, String parts) {
    Span span = Span.of(from, to);
    StringBuilder told = new StringBuilder(told(span.days()));
    span.edges().forEach(edge -> told.append(' ').append(told(edge)));
    assertThat(told.toString()).isEqualTo(parts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01",
        "2026-03-01T12:00:00",
        "2026-03-01T12:30:00Z",
        "2026-03-01T12:00:00.001Z",
        "2026-03-01T12:00:00+05:30",
        "+11111-03-01T12:00:00Z",
        "now"
      })
  void onlyFullHoursBoundIt(String text) {
    assertThatThrownBy(() -> Span.of(text, null))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("from must be a full hour");
    assertThatThrownBy(() -> Span.of(null, text)).hasMessageContaining("to must be");
  }

  @Test
  void whatIsEmptyHasNoEnd() {
    assertThat(Span.of("", " ")).isEqualTo(Span.ALWAYS);
    assertThat(Span.ALWAYS.isAlways()).isTrue();
  }

  private static String told(Span span) {
    return told(span.from()) + "/" + told(span.to());
  }

  private static String told(java.time.Instant instant) {
    return instant == null
        ? "-"
        : java.time.format.DateTimeFormatter.ofPattern("d:H")
            .format(instant.atOffset(java.time.ZoneOffset.UTC));
  }
}

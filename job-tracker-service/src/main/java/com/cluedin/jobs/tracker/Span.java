package com.cluedin.jobs.tracker;

import com.cluedin.jobs.service.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A span of time of full hours.
///
/// @param from its beginning, or null where it has none
/// @param to its end, which is no part of it; null where it has none
record Span(@Nullable Instant from, @Nullable Instant to) {

  static final Span ALWAYS = new Span(null, null);

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:00:00Z");

  /// Reads what a caller wrote; absent or empty: without end.
  ///
  /// @throws Refusal 400 saying what is allowed
  static Span of(@Nullable String from, @Nullable String to) {
    return new Span(hourOf("from", from), hourOf("to", to));
  }

  private static @Nullable Instant hourOf(String parameter, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      Instant instant = OffsetDateTime.parse(text.strip()).toInstant();
      if (instant.truncatedTo(ChronoUnit.HOURS).equals(instant)
          && !instant.isBefore(EARLIEST)
          && !instant.isAfter(LATEST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // told below, like an instant within an hour
    }
    throw Refusal.badRequest(
        "%s must be a full hour like 2026-03-01T13:00:00Z, not \"%s\"".formatted(parameter, text));
  }

  boolean isAlways() {
    return from == null && to == null;
  }

  /// The full days in it; where there are none, a span that holds nothing.
  Span days() {
    return new Span(from == null ? null : dayAtOrAfter(from), to == null ? null : dayOf(to));
  }

  /// What is in it beside the full days.
  List<Span> edges() {
    Instant first = days().from;
    Instant last = days().to;
    if (first != null && last != null && first.isAfter(last)) {
      return List.of(this);
    }
    return Stream.of(new Span(from, first), new Span(last, to))
        .filter(edge -> edge.from != null && edge.to != null && edge.from.isBefore(edge.to))
        .toList();
  }

  private static Instant dayOf(Instant instant) {
    return instant.truncatedTo(ChronoUnit.DAYS);
  }

  private static Instant dayAtOrAfter(Instant instant) {
    Instant day = dayOf(instant);
    return day.equals(instant) ? day : day.plus(1, ChronoUnit.DAYS);
  }
}

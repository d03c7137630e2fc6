package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// PostgreSQL reads arrays as they were meant.
class BinaryArraysIT {

  private final TrackerDatabase database = new TrackerDatabase();

  @AfterEach
  void close() {
    database.close();
  }

  static Stream<Arguments> arrays() {
    return Stream.of(
        Arguments.of(
            "uuid",
            new UUID[] {UUID.fromString("0194f2a0-7c3e-7d4a-bbbb-d8e2f1c0a9b8"), null},
            "{0194f2a0-7c3e-7d4a-bbbb-d8e2f1c0a9b8,NULL}"),
        Arguments.of(
            "timestamptz",
            new OffsetDateTime[] {
              time("2026-03-01T12:00:00.1234564Z"),
              time("2026-03-01T12:00:00.9999995Z"),
              time("1999-12-31T23:59:59.999999Z"),
              null,
              time("0001-01-01T00:00:00Z"),
              OffsetDateTime.parse("2026-03-01T12:00:00+05:30")
            },
            "{\"2026-03-01 12:00:00.123456+00\",\"2026-03-01 12:00:01+00\","
                + "\"1999-12-31 23:59:59.999999+00\",NULL,\"0001-01-01 00:00:00+00\","
                + "\"2026-03-01 06:30:00+00\"}"),
        Arguments.of(
            "text",
            new String[] {"a\"b\\c,{d}", "", null, "NULL", "Ærø 🦆\n"},
            "{\"a\\\"b\\\\c,{d}\",\"\",NULL,\"NULL\",\"Ærø 🦆\n\"}"),
        Arguments.of(
            "bigint",
            new Long[] {Long.MIN_VALUE, null, Long.MAX_VALUE},
            "{-9223372036854775808,NULL,9223372036854775807}"),
        Arguments.of("integer", new Integer[] {-1, null, 7}, "{-1,NULL,7}"),
        Arguments.of("smallint", new Short[] {-1, null, 7}, "{-1,NULL,7}"),
        Arguments.of("uuid", new UUID[0], "{}"),
        Arguments.of("text", new String[] {null}, "{NULL}"));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void arriveAsTheyWereMeant(String type, Object[] array, String text) {
    assertThat(read(type, array)).isEqualTo(text);
  }

  /// The driver's text would have been another message, or infinity: so the codecs are in use.
  @Test
  void aTimeThatPostgresqlDoesNotHaveIsRefused() {
    for (OffsetDateTime time :
        List.of(OffsetDateTime.MAX, OffsetDateTime.MIN, time("+294277-01-02T00:00:00Z"))) {
      assertThatThrownBy(() -> read("timestamptz", new OffsetDateTime[] {time}))
          .rootCause()
          .hasMessage("timestamp out of range");
    }
  }

  private String read(String type, Object[] array) {
    return database
        .client()
        .sql("SELECT (:array::%s[])::text AS text".formatted(type))
        .bind("array", array)
        .map(row -> row.get("text", String.class))
        .one()
        .block();
  }

  private static OffsetDateTime time(String text) {
    return Instant.parse(text).atOffset(UTC);
  }
}

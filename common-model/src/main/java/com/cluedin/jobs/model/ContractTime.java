package com.cluedin.jobs.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/// Instants as the HTTP contract writes them: ISO 8601 with 0 to 7 fraction digits, trailing zeros
/// dropped. Job types end in `Z`, jobs in `+00:00`.
public final class ContractTime {

  private static final DateTimeFormatter SECONDS_AND_FRACTION =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 0, 7, true)
          .toFormatter(java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ContractTime() {}

  /// For example `2020-04-06T16:47:00Z`.
  public static String utc(Instant instant) {
    return SECONDS_AND_FRACTION.format(instant) + "Z";
  }

  /// For example `2020-03-18T17:06:20.1700908+00:00`.
  public static String offset(Instant instant) {
    return SECONDS_AND_FRACTION.format(instant) + "+00:00";
  }

  static final class Utc extends StdSerializer<Instant> {
    Utc() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
      out.writeString(utc(value));
    }
  }

  static final class Offset extends StdSerializer<Instant> {
    Offset() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
      out.writeString(offset(value));
    }
  }
}

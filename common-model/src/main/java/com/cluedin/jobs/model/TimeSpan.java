package com.cluedin.jobs.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A length of time in whole seconds, written as .NET writes a TimeSpan: `[d.]hh:mm:ss`.
public record TimeSpan(Duration duration) {

  /// `00:00:00`, which as an alarm means none.
  public static final TimeSpan ZERO = new TimeSpan(Duration.ZERO);

  private static final Pattern TEXT =
      Pattern.compile("(?:(\\d{1,5})\\.)?([01]?\\d|2[0-3]):([0-5]?\\d):([0-5]?\\d)");

  public TimeSpan {
    requireNonNull(duration, "duration");
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a time span cannot be negative: " + duration);
    }
    duration = Duration.ofSeconds(duration.toSeconds());
  }

  /// Reads `[d.]hh:mm:ss`.
  ///
  /// @throws IllegalArgumentException when the text is anything else
  @JsonCreator
  public static TimeSpan parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a time span is [d.]hh:mm:ss, for example 01:30:00 or 2.00:00:00, not \"" + text + "\"");
    }
    String days = matcher.group(1);
    return new TimeSpan(
        Duration.ofDays(days == null ? 0 : Long.parseLong(days))
            .plusHours(Long.parseLong(matcher.group(2)))
            .plusMinutes(Long.parseLong(matcher.group(3)))
            .plusSeconds(Long.parseLong(matcher.group(4))));
  }

  public boolean isZero() {
    return duration.isZero();
  }

  @JsonValue
  @Override
  public String toString() {
    String time =
        "%02d:%02d:%02d"
            .formatted(duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart());
    return duration.toDays() > 0 ? duration.toDays() + "." + time : time;
  }
}

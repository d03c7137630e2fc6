package com.cluedin.jobs.simulator;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads settings; what is wrong with one is said in a sentence that names it. Blank is absent.
record Environment(Map<String, String> values) {

  String needed(String name) {
    String value = value(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set.");
    }
    return value;
  }

  String text(String name, String otherwise) {
    String value = value(name);
    return value == null ? otherwise : value;
  }

  long whole(String name, long otherwise, long lowest, long highest) {
    String value = value(name);
    try {
      long number = value == null ? otherwise : Long.parseLong(value);
      if (number >= lowest && number <= highest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(name, "a whole number from " + lowest + " to " + highest, value);
  }

  double number(String name, double otherwise, double lowest, double highest) {
    String value = value(name);
    try {
      double number = value == null ? otherwise : Double.parseDouble(value);
      if (number >= lowest && number <= highest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(name, "a number from " + lowest + " to " + highest, value);
  }

  /// As `1500ms`, `15s`, `2m` or `1h`.
  Duration duration(String name, Duration otherwise) {
    String value = value(name);
    if (value == null) {
      return otherwise;
    }
    try {
      if (value.endsWith("ms")) {
        return Duration.ofMillis(Integer.parseUnsignedInt(value, 0, value.length() - 2, 10));
      }
      int number = Integer.parseUnsignedInt(value, 0, value.length() - 1, 10);
      switch (value.charAt(value.length() - 1)) {
        case 's':
          return Duration.ofSeconds(number);
        case 'm':
          return Duration.ofMinutes(number);
        case 'h':
          return Duration.ofHours(number);
        default:
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(name, "a time such as 500ms, 15s, 2m or 1h", value);
  }

  private @Nullable String value(String name) {
    String value = values.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static IllegalArgumentException wrong(
      String name, String wanted, @Nullable String value) {
    return new IllegalArgumentException(
        "%s must be %s, not \"%s\".".formatted(name, wanted, value));
  }
}

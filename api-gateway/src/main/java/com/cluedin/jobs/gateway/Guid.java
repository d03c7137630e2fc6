package com.cluedin.jobs.gateway;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Guids as people send them: 36 characters, in any case.
final class Guid {

  private static final Pattern TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final int LONGEST_QUOTE = 80;

  private Guid() {}

  /// The Guid, or null when the text is none.
  static @Nullable UUID parse(@Nullable String text) {
    return text != null && TEXT.matcher(text.strip()).matches()
        ? UUID.fromString(text.strip())
        : null;
  }

  /// What was found in a Guid's place, in words for people.
  static String not(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return "and is missing";
    }
    return "not \"" + text.substring(0, Math.min(text.length(), LONGEST_QUOTE)) + "\"";
  }
}

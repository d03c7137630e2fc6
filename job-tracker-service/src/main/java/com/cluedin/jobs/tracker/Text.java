package com.cluedin.jobs.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.service.Refusal;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Texts of crawlers and integrations, as PostgreSQL can keep them.
final class Text {

  /// In UTF-16 units.
  static final int LONGEST = 2_000;

  /// How long what names an agent or a person may be.
  static final int NAME = 200;

  /// The order PostgreSQL gives texts under its collation C.
  static final Comparator<String> BY_BYTES =
      (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));

  private Text() {}

  /// The text without NUL and cut where it is too long.
  static String kept(String text, int longest) {
    String clean = text.replace('\0', '\uFFFD');
    if (clean.length() <= longest) {
      return clean;
    }
    int end = Character.isHighSurrogate(clean.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return clean.substring(0, end) + "…";
  }

  static @Nullable String keptOrNull(@Nullable String text, int longest) {
    return text == null ? null : kept(text, longest);
  }

  /// What a caller wrote, without the spaces around it; empty where it is absent.
  ///
  /// @throws Refusal 400 for what no text that is kept can contain
  static String asked(String parameter, @Nullable String text) {
    if (text != null && text.indexOf(0) >= 0) {
      throw Refusal.badRequest(parameter + " must not contain the character NUL.");
    }
    return text == null ? "" : text.strip();
  }

  /// Null where there is nothing to say.
  static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}

package com.cluedin.jobs.tracker;

import org.jspecify.annotations.Nullable;

/// Texts of crawlers and integrations, as PostgreSQL can keep them.
final class Text {

  /// In UTF-16 units.
  static final int LONGEST = 2_000;

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
}

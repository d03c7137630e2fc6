package com.cluedin.jobs.agent;

import org.jspecify.annotations.Nullable;

/// Puts what a crawler threw into words for people. The text is foreign: it is bounded, on one
/// line, and asking for it may itself fail.
final class ErrorText {

  /// In UTF-16 units.
  static final int LONGEST = 2_000;

  private static final int MOST_CAUSES = 4;

  private ErrorText() {}

  static String of(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    @Nullable Throwable next = thrown;
    for (int i = 0; next != null && i < MOST_CAUSES && text.length() <= LONGEST; i++) {
      text.append(i == 0 ? "" : "; caused by ").append(one(next));
      next = next.getCause();
    }
    return shortened(text.toString());
  }

  private static String one(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    @Nullable String message;
    try {
      message = thrown.getMessage();
    } catch (RuntimeException e) {
      message = null;
    }
    if (message == null || message.isBlank()) {
      return name;
    }
    return name + ": " + shortened(message).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}

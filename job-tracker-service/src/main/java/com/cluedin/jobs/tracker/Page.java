package com.cluedin.jobs.tracker;

import com.cluedin.jobs.service.Refusal;
import org.jspecify.annotations.Nullable;

/// Which part of a list is asked for.
///
/// @param page counted from 0
/// @param take rows of a page, 1 to {@link #MOST}
record Page(int page, int take) {

  static final int MOST = 1_000;

  private static final int USUAL = 20;

  /// Reads what a caller wrote; absent or empty: the first page of 20.
  ///
  /// @throws Refusal 400 saying what is allowed
  static Page of(@Nullable String page, @Nullable String take) {
    return new Page(
        number("page", page, 0, 0, Integer.MAX_VALUE), number("take", take, USUAL, 1, MOST));
  }

  /// How many rows come before it.
  long offset() {
    return (long) page * take;
  }

  private static int number(
      String name, @Nullable String text, int usual, int smallest, int largest) {
    if (text == null || text.isBlank()) {
      return usual;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= smallest && number <= largest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of bounds
    }
    throw Refusal.badRequest(
        "%s must be a whole number from %d to %d, not \"%s\""
            .formatted(name, smallest, largest, text));
  }
}

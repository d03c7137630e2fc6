package com.cluedin.jobs.service;

import org.jspecify.annotations.Nullable;

/// Reads numbers of requests.
public final class WholeNumber {

  private WholeNumber() {}

  /// @param usual what it is where the text is absent or empty
  /// @throws Refusal 400 naming the parameter and what is allowed
  public static int of(
      String parameter, @Nullable String text, int usual, int smallest, int largest) {
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
            .formatted(parameter, smallest, largest, text));
  }
}

package com.cluedin.jobs.service;

import org.jspecify.annotations.Nullable;

/// Which part of a list is asked for.
///
/// @param page counted from 0
/// @param take rows of a page, 1 to {@link #MOST}
public record Page(int page, int take) {

  public static final int MOST = 1_000;

  private static final int USUAL = 20;

  /// Reads what a caller wrote; absent or empty: the first page of 20.
  ///
  /// @throws Refusal 400 saying what is allowed
  public static Page of(@Nullable String page, @Nullable String take) {
    return new Page(
        WholeNumber.of("page", page, 0, 0, Integer.MAX_VALUE),
        WholeNumber.of("take", take, USUAL, 1, MOST));
  }

  /// How many rows come before it.
  public long offset() {
    return (long) page * take;
  }
}

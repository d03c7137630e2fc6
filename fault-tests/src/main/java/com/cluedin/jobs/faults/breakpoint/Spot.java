package com.cluedin.jobs.faults.breakpoint;

import java.util.Locale;

/// Where a process is to fail, and how.
///
/// @param type the class, with its package
/// @param method all of its methods of that name
/// @param side whether it fails before or after what the method does
/// @param nth at which passage, counted over all threads, 1 or more
record Spot(String type, String method, Side side, int nth, Failure failure) {

  /// Before the method does anything, or when it has done all and is about to return.
  enum Side {
    ENTRY,
    EXIT
  }

  /// What happens there.
  enum Failure {
    /// The process ends at once.
    HALT,
    /// The process stands still until it is let go on (SIGSTOP, SIGCONT).
    FREEZE,
    /// The caller gets an exception, once.
    THROW
  }

  /// Reads `class#method:entry|exit:nth:halt|freeze|throw`.
  ///
  /// @throws IllegalArgumentException when the text is anything else
  static Spot parse(String text) {
    String[] parts = text.split("[#:]", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException("not class#method:side:nth:failure: " + text);
    }
    return new Spot(
        parts[0],
        parts[1],
        Side.valueOf(parts[2].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[3]),
        Failure.valueOf(parts[4].toUpperCase(Locale.ROOT)));
  }
}

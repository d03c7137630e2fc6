package com.cluedin.jobs.scheduler;

import java.time.Instant;
import java.util.Comparator;

/// Where a record stands among those of its key. The broker's time comes first, so that the order
/// outlives a topic that is made anew; the clocks of those who write have no say.
///
/// @param at when the broker appended it, in milliseconds
record LogPlace(Instant at, long offset) implements Comparable<LogPlace> {

  private static final Comparator<LogPlace> ORDER =
      Comparator.comparing(LogPlace::at).thenComparing(LogPlace::offset);

  @Override
  public int compareTo(LogPlace other) {
    return ORDER.compare(this, other);
  }
}

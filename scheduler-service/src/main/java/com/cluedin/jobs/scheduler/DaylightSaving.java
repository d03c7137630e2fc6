package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.scheduler.cron.Cron;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/// What daylight saving does to occurrences, in words for people.
final class DaylightSaving {

  private DaylightSaving() {}

  /// @return null when it does nothing
  static @Nullable String note(Cron cron, Instant occurrence, ZoneId zone) {
    if (zone.getRules().isFixedOffset()) {
      return null;
    }
    LocalDateTime local = LocalDateTime.ofInstant(occurrence, zone);
    @Nullable ZoneOffsetTransition gap = gapEndingAt(occurrence, zone);
    if (gap != null && !cron.matches(local)) {
      return "Moved to %s: the clocks skip from %s to there."
          .formatted(local.toLocalTime(), gap.getDateTimeBefore().toLocalTime());
    }
    @Nullable ZoneOffsetTransition overlap = zone.getRules().getTransition(local);
    if (overlap == null || !overlap.isOverlap()) {
      return null;
    }
    boolean first = occurrence.isBefore(overlap.getInstant());
    return "The clocks show %s twice on this day; this is the %s time."
        .formatted(local.toLocalTime(), first ? "first" : "second");
  }

  private static @Nullable ZoneOffsetTransition gapEndingAt(Instant occurrence, ZoneId zone) {
    @Nullable ZoneOffsetTransition last =
        zone.getRules().previousTransition(occurrence.plusNanos(1));
    return last != null && last.isGap() && last.getInstant().equals(occurrence) ? last : null;
  }
}

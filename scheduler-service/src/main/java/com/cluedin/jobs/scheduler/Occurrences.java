package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.scheduler.cron.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of the occurrences that are due. Plain functions over what is given.
///
/// @param decided each due occurrence with its decision, oldest first
/// @param next the first occurrence that is not decided, or null when there is none
record Occurrences(List<Decided> decided, @Nullable Instant next) {

  /// What comes later than this is missed.
  static final Duration MISFIRE = Duration.ofSeconds(60);

  /// What comes later than this, but is not missed, is late.
  static final Duration LATE = Duration.ofSeconds(5);

  /// Decides about the occurrences that are due.
  ///
  /// @param first the oldest that is not decided
  /// @param delay how long after its instant an occurrence is due
  /// @param most how many to decide about; what is left is for the next call
  static Occurrences decide(
      Cron cron, ZoneId zone, Policy policy, Duration delay, Instant first, Instant now, int most) {
    List<Instant> due = new ArrayList<>();
    @Nullable Instant next = first;
    while (next != null && !next.plus(delay).isAfter(now) && due.size() < most) {
      due.add(next);
      next = cron.next(next, zone);
    }
    boolean moreIsDue = next != null && !next.plus(delay).isAfter(now);
    List<Decided> decided = new ArrayList<>(due.size());
    for (int i = 0; i < due.size(); i++) {
      Duration late = Duration.between(due.get(i).plus(delay), now);
      boolean newest = i == due.size() - 1 && !moreIsDue;
      decided.add(new Decided(due.get(i), decide(policy, late, newest), late));
    }
    return new Occurrences(decided, next);
  }

  private static Decision decide(Policy policy, Duration late, boolean newest) {
    if (policy.pause() != null) {
      return Decision.SKIPPED_PAUSED;
    }
    if (late.compareTo(MISFIRE) <= 0) {
      return late.compareTo(LATE) <= 0 ? Decision.FIRED : Decision.LATE;
    }
    boolean wanted =
        switch (policy.missed()) {
          case ONCE -> newest;
          case ALL -> true;
          case NONE -> false;
        };
    return wanted && late.compareTo(policy.catchUp().duration()) <= 0
        ? Decision.CAUGHT_UP
        : Decision.MISSED;
  }

  /// @param late from when it was due to now, 0 or more
  record Decided(Instant occurrence, Decision decision, Duration late) {}
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.scheduler.Policy.Missed;
import com.cluedin.jobs.scheduler.Policy.Overlap;
import com.cluedin.jobs.scheduler.cron.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
  /// @param most how many to decide about; what is left is for the next call
  /// @param unfinished the jobs of the job type that have not ended
  /// @throws IllegalStateException when nothing is due
  static Occurrences decide(
      Schedule schedule, JobTypeId jobType, Instant now, int most, Unfinished unfinished) {
    if (schedule.nextExecution() == null || !schedule.isDue(now)) {
      throw new IllegalStateException(jobType + " is not due");
    }
    Policy policy = schedule.policy();
    Cron cron = Cron.parse(schedule.cron());
    ZoneId zone = schedule.zone();
    Duration delay = policy.delayOf(jobType);
    List<Instant> due = new ArrayList<>();
    @Nullable Instant next = schedule.nextExecution().minus(delay);
    while (next != null && !next.plus(delay).isAfter(now) && due.size() < most) {
      due.add(next);
      next = cron.next(next, zone);
    }
    boolean moreIsDue = next != null && !next.plus(delay).isAfter(now);
    List<Decided> decided = new ArrayList<>(due.size());
    Unfinished standing = unfinished;
    for (int i = 0; i < due.size(); i++) {
      Duration late = Duration.between(due.get(i).plus(delay), now);
      boolean newest = i == due.size() - 1 && !moreIsDue;
      Decision inTime = decide(policy, late, newest);
      UUID jobId = JobIds.ofOccurrence(jobType, due.get(i));
      Decided one = beside(standing, policy, Decided.alone(due.get(i), inTime, late, jobId));
      standing = one.after(standing);
      decided.add(one);
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

  /// What is decided in view of jobs that have not ended.
  private static Decided beside(Unfinished unfinished, Policy policy, Decided inTime) {
    if (!inTime.decision().makesJob()
        || unfinished.isEmpty()
        || policy.overlap() == Overlap.ALLOW) {
      return inTime;
    }
    if (inTime.decision() == Decision.CAUGHT_UP && policy.missed() == Missed.ALL) {
      return inTime.waiting(Decision.CAUGHT_UP, unfinished.newest(), List.of());
    }
    if (policy.overlap() == Overlap.SKIP) {
      return inTime.skipped(unfinished.oldest());
    }
    if (unfinished.firstWaiting() != null) {
      return inTime.skipped(unfinished.firstWaiting());
    }
    return inTime.waiting(
        Decision.DEFERRED,
        unfinished.newest(),
        policy.overlap() == Overlap.CANCEL ? unfinished.queued() : List.of());
  }

  /// @param late from when it was due to now, 0 or more
  /// @param jobId the job made for it, or null
  /// @param overlaps the unfinished job that it is skipped for, or that its job waits for, or null
  /// @param replaces the jobs that are asked to end for its own
  record Decided(
      Instant occurrence,
      Decision decision,
      Duration late,
      @Nullable UUID jobId,
      @Nullable UUID overlaps,
      List<UUID> replaces) {

    private static Decided alone(Instant occurrence, Decision decision, Duration late, UUID jobId) {
      return new Decided(
          occurrence, decision, late, decision.makesJob() ? jobId : null, null, List.of());
    }

    /// Whether its job waits for an earlier one to end.
    boolean waits() {
      return jobId != null && overlaps != null;
    }

    private Decided waiting(Decision as, UUID behind, List<UUID> replacing) {
      return new Decided(occurrence, as, late, jobId, behind, replacing);
    }

    private Decided skipped(UUID because) {
      return new Decided(occurrence, Decision.SKIPPED_OVERLAP, late, null, because, List.of());
    }

    private Unfinished after(Unfinished before) {
      if (jobId == null) {
        return before;
      }
      return waits() ? before.withWaiting(jobId) : before.withQueued(jobId);
    }
  }
}

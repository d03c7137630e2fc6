package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.scheduler.cron.Cron;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// When a job type is due.
///
/// @param lastOccurrence the newest occurrence that was decided, or null
/// @param nextExecution when the next occurrence is due, its delay included; null when there is
///   none
record Schedule(
    String cron,
    String timeZone,
    Policy policy,
    @Nullable Instant lastOccurrence,
    @Nullable Instant nextExecution) {

  static Schedule first(String cron, @Nullable String timeZone) {
    return new Schedule(cron, timeZone == null ? "UTC" : timeZone, Policy.DEFAULT, null, null);
  }

  Schedule with(String newCron, String newTimeZone, Policy newPolicy) {
    return new Schedule(newCron, newTimeZone, newPolicy, lastOccurrence, nextExecution);
  }

  /// Whether its next occurrence has not been decided though it is due.
  boolean isDue(Instant now) {
    return nextExecution != null && !nextExecution.isAfter(now);
  }

  /// The schedule from now on. An occurrence once decided stays behind, even if clocks go back.
  Schedule from(Instant now, JobTypeId jobType) {
    Instant after = now.minus(policy.delayOf(jobType));
    if (lastOccurrence != null && lastOccurrence.isAfter(after)) {
      after = lastOccurrence;
    }
    return due(jobType, lastOccurrence, Cron.parse(cron).next(after, zone()));
  }

  /// Whether its occurrences are due as those of the other are.
  boolean occursAs(Schedule other) {
    return cron.equals(other.cron)
        && timeZone.equals(other.timeZone)
        && policy.spread().equals(other.policy.spread());
  }

  Schedule ended() {
    return new Schedule(cron, timeZone, policy, lastOccurrence, null);
  }

  /// The schedule after those were decided.
  Schedule after(Occurrences occurrences, JobTypeId jobType) {
    return due(jobType, occurrences.decided().getLast().occurrence(), occurrences.next());
  }

  ZoneId zone() {
    return ZoneId.of(timeZone);
  }

  private Schedule due(JobTypeId jobType, @Nullable Instant last, @Nullable Instant next) {
    return new Schedule(
        cron, timeZone, policy, last, next == null ? null : next.plus(policy.delayOf(jobType)));
  }
}

package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobAlarmView;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job as the read model has it.
///
/// @param queued what was said when it was first queued
/// @param wish the wish to stop it, or null
/// @param alarmRaisedAt when it was said to take too long, or null
/// @param newestRun where it stands
record Job(
    JobQueued queued, @Nullable Wish wish, @Nullable Instant alarmRaisedAt, RunFacts newestRun) {

  UUID id() {
    return queued.jobId();
  }

  boolean isAbandoned() {
    return wish != null;
  }

  /// As people see it.
  String status() {
    return newestRun.state().shown(isAbandoned());
  }

  UUID newestRunId() {
    return JobIds.run(id(), newestRun.attempt());
  }

  /// The end of its newest run that no agent tells.
  JobCancelled cancelled(String reason, Instant now) {
    return new JobCancelled(id(), newestRun.attempt(), newestRun.progress(), reason, null, now);
  }

  JobView view() {
    return new JobView(
        id(),
        newestRunId(),
        queued.name(),
        queued.configurationName(),
        newestRun.progress(),
        status(),
        queued.at(),
        newestRun.startedAt(),
        newestRun.finishedAt());
  }

  JobAlarmView alarmView() {
    return new JobAlarmView(
        id(),
        newestRunId(),
        queued.name(),
        queued.configurationName(),
        status(),
        queued.at(),
        newestRun.finishedAt(),
        queued.alarm(),
        requireNonNull(alarmRaisedAt));
  }

  JobRunView newestRunView() {
    return view(id(), newestRun, status());
  }

  /// A run whose place a later one took: it counts as lost unless it came to an end.
  static JobRunView earlierRunView(UUID jobId, RunFacts run) {
    return view(jobId, run, run.state().isFinal() ? run.state().toString() : "Lost");
  }

  private static JobRunView view(UUID jobId, RunFacts run, String status) {
    return new JobRunView(
        JobIds.run(jobId, run.attempt()),
        jobId,
        run.attempt(),
        run.agent(),
        run.progress(),
        status,
        run.startedAt(),
        run.finishedAt(),
        Text.orNull(run.remark()));
  }
}

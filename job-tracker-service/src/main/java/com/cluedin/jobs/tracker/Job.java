package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.JobAlarmView;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobView;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
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

  /// All runs, oldest first. The attempts of a record follow each other, so one of which nothing
  /// was heard though a later one was had been handed out too, and was lost.
  ///
  /// @param earlier those before the newest of which something was heard
  List<JobRunView> runViews(List<RunFacts> earlier) {
    NavigableMap<Integer, JobRunView> runs = new TreeMap<>();
    for (RunFacts run : earlier) {
      runs.put(run.attempt(), earlierRunView(run));
    }
    runs.put(newestRun.attempt(), view(newestRun, status()));
    for (int heard : List.copyOf(runs.keySet())) {
      for (int attempt = JobIds.firstAttemptOfRecord(heard); attempt < heard; attempt++) {
        runs.putIfAbsent(attempt, earlierRunView(RunFacts.queued(attempt)));
      }
    }
    return List.copyOf(runs.values());
  }

  /// A run whose place a later one took: it counts as lost unless it came to an end.
  private JobRunView earlierRunView(RunFacts run) {
    return view(run, run.state().isFinal() ? run.state().toString() : "Lost");
  }

  private JobRunView view(RunFacts run, String status) {
    return new JobRunView(
        JobIds.run(id(), run.attempt()),
        id(),
        run.attempt(),
        run.agent(),
        run.progress(),
        status,
        run.startedAt(),
        run.finishedAt(),
        Text.orNull(run.remark()));
  }
}

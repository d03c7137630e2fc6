package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job as the read model has it.
///
/// @param newestRun where it stands
record Job(
    UUID id,
    String name,
    @Nullable String configurationName,
    Instant queuedAt,
    @Nullable Instant abandonRequestedAt,
    RunFacts newestRun) {

  boolean isAbandoned() {
    return abandonRequestedAt != null;
  }

  JobView view() {
    return new JobView(
        id,
        JobIds.run(id, newestRun.attempt()),
        name,
        configurationName,
        newestRun.progress(),
        newestRun.state().shown(isAbandoned()),
        queuedAt,
        newestRun.startedAt(),
        newestRun.finishedAt());
  }

  JobRunView newestRunView() {
    return view(id, newestRun, newestRun.state().shown(isAbandoned()));
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
        run.remark().isEmpty() ? null : run.remark());
  }
}

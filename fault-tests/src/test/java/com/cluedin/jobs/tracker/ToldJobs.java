package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A read model in memory, made of the tracker's own facts and their merging.
public final class ToldJobs {

  private final Map<UUID, JobFacts> jobs = new HashMap<>();

  public void hear(Event event, Instant at) {
    if (event instanceof JobEvent told) {
      jobs.merge(told.jobId(), JobFacts.of(told, at), JobFacts::merge);
    }
  }

  /// `Queued`, `Executing`, `Completed` and so on.
  public String state(UUID jobId) {
    return newestRun(jobId).state().toString();
  }

  /// What is told when somebody wants the job stopped.
  public List<JobEvent> abandoning(UUID jobId, Instant now) {
    if (!jobs.containsKey(jobId)) {
      return List.of();
    }
    RunFacts run = newestRun(jobId);
    JobAbandonRequested request = new JobAbandonRequested(jobId, "ann", null, now);
    return switch (run.state()) {
      case QUEUED ->
          List.of(
              request,
              new JobCancelled(jobId, run.attempt(), 0, "abandoned before it began", null, now));
      case EXECUTING -> List.of(request);
      case CANCELLED, FAILED, COMPLETED -> List.of();
    };
  }

  /// All there is, to be compared.
  public Map<UUID, ?> rows() {
    return jobs;
  }

  private RunFacts newestRun(UUID jobId) {
    return jobs.get(jobId).newestRun();
  }
}

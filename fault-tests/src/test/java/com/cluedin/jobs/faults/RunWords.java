package com.cluedin.jobs.faults;

import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import java.util.List;

/// Where the events of one run leave it, told again without looking at the tracker's way.
final class RunWords {

  private RunWords() {}

  static String status(List<RunEvent> events) {
    if (any(events, JobCompleted.class)) {
      return "Completed";
    }
    if (any(events, JobFailed.class)) {
      return "Failed";
    }
    if (any(events, JobCancelled.class)) {
      return "Cancelled";
    }
    return events.stream().allMatch(JobRetryScheduled.class::isInstance) ? "Queued" : "Executing";
  }

  static long clues(List<RunEvent> events) {
    return events.stream().mapToLong(RunWords::clues).max().orElse(0);
  }

  private static long clues(RunEvent event) {
    return switch (event) {
      case JobProgressed progressed -> progressed.clues();
      case JobCompleted completed -> completed.clues();
      case JobFailed failed -> failed.clues();
      case JobCancelled cancelled -> cancelled.clues();
      default -> 0;
    };
  }

  private static boolean any(List<RunEvent> events, Class<? extends RunEvent> kind) {
    return events.stream().anyMatch(kind::isInstance);
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.RunEvent;

/// Where the log leaves a job, told again without looking at the schedulers' way: what a run says
/// counts unless a newer one was heard of; a failed run is the end unless a retry is due, and then
/// nothing counts that its record still begins.
final class JobLife {

  private static final int RUNS_OF_A_RECORD = 10;

  private final int mostRetries;
  private int newestRun = 1;
  private int retries;
  private boolean over;

  JobLife(int mostRetries) {
    this.mostRetries = mostRetries;
  }

  boolean isOver() {
    return over;
  }

  /// How many retries were due so far.
  int retries() {
    return retries;
  }

  void hear(RunEvent event) {
    if (over || event.attempt() < newestRun) {
      return;
    }
    newestRun = event.attempt();
    switch (event) {
      case JobCompleted _, JobCancelled _ -> over = true;
      case JobFailed failed -> fail(failed.permanent());
      default -> {}
    }
  }

  private void fail(boolean permanent) {
    over = permanent || retries == mostRetries;
    if (!over) {
      retries++;
      int records = (newestRun - 1) / RUNS_OF_A_RECORD + 1;
      newestRun = records * RUNS_OF_A_RECORD + 1;
    }
  }
}

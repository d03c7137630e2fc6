package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import java.util.List;

/// The events of jobs as the history keeps them: by their place in this list.
enum EventKind {
  QUEUED(JobQueued.class, JobState.QUEUED),
  ABANDON_REQUESTED(JobAbandonRequested.class, JobState.QUEUED),
  STARTED(JobStarted.class, JobState.EXECUTING),
  PROGRESSED(JobProgressed.class, JobState.EXECUTING),
  COMPLETED(JobCompleted.class, JobState.COMPLETED),
  FAILED(JobFailed.class, JobState.FAILED),
  CANCELLED(JobCancelled.class, JobState.CANCELLED),
  CANCELLING(JobCancelling.class, JobState.EXECUTING),
  RETRY_SCHEDULED(JobRetryScheduled.class, JobState.QUEUED),
  SILENT(JobSilent.class, JobState.EXECUTING),
  ALARM_RAISED(JobAlarmRaised.class, JobState.QUEUED);

  private static final List<EventKind> BY_CODE = List.of(values());
  private final Class<? extends JobEvent> event;
  private final JobState state;

  EventKind(Class<? extends JobEvent> event, JobState state) {
    this.event = event;
    this.state = state;
  }

  static EventKind of(JobEvent event) {
    return switch (event) {
      case JobQueued _ -> QUEUED;
      case JobAbandonRequested _ -> ABANDON_REQUESTED;
      case JobStarted _ -> STARTED;
      case JobProgressed _ -> PROGRESSED;
      case JobCompleted _ -> COMPLETED;
      case JobFailed _ -> FAILED;
      case JobCancelled _ -> CANCELLED;
      case JobCancelling _ -> CANCELLING;
      case JobRetryScheduled _ -> RETRY_SCHEDULED;
      case JobSilent _ -> SILENT;
      case JobAlarmRaised _ -> ALARM_RAISED;
    };
  }

  static EventKind ofCode(int code) {
    return BY_CODE.get(code);
  }

  short code() {
    return (short) ordinal();
  }

  /// Its name on the wire.
  String type() {
    return EventWire.typeOf(event);
  }

  /// Where it says that a run stands, at the least.
  JobState state() {
    return state;
  }

  /// Whether it is said of one run; else of the job.
  boolean isOfRun() {
    return this != ABANDON_REQUESTED && this != ALARM_RAISED;
  }
}

package com.cluedin.jobs.gateway.live;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.LiveJobView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was told of a job.
///
/// @param organization whose it is, or null while that is not known
/// @param queued the event that first queued it, or null
/// @param abandoned somebody asked to stop it
/// @param alarmed it was said to take too long
/// @param run the newest run, or null where nothing was told of any
record JobNews(
    UUID id,
    @Nullable UUID organization,
    @Nullable JobQueued queued,
    boolean abandoned,
    boolean alarmed,
    @Nullable RunNews run) {

  static JobNews of(JobEvent event) {
    UUID id = event.jobId();
    return switch (event) {
      case JobQueued queued ->
          new JobNews(
              id,
              queued.jobTypeId().organizationId(),
              queued,
              false,
              false,
              RunNews.queued(queued.attempt()));
      case JobAbandonRequested _ -> new JobNews(id, null, null, true, false, null);
      case JobAlarmRaised _ -> new JobNews(id, null, null, false, true, null);
      case RunEvent told ->
          new JobNews(id, null, null, told instanceof JobCancelling, false, RunNews.of(told));
    };
  }

  JobNews join(JobNews other) {
    return new JobNews(
        id,
        organization == null ? other.organization : organization,
        first(queued, other.queued),
        abandoned || other.abandoned,
        alarmed || other.alarmed,
        run == null || other.run == null ? (run == null ? other.run : run) : run.join(other.run));
  }

  JobNews of(@Nullable UUID owner) {
    return new JobNews(id, owner, queued, abandoned, alarmed, run);
  }

  /// Whether anything was told that its row shows.
  boolean showsInRow() {
    return abandoned || run != null;
  }

  LiveJobView view() {
    JobTypeId jobType = queued == null ? null : queued.jobTypeId();
    return new LiveJobView(
        id,
        run == null ? null : JobIds.run(id, run.attempt()),
        run == null ? null : Integer.valueOf(run.attempt()),
        run == null ? "Cancelling" : run.state().shown(abandoned),
        run == null ? null : run.progress(),
        queued == null ? null : queued.name(),
        queued == null ? null : queued.configurationName(),
        jobType == null ? null : jobType.configurationId(),
        jobType,
        queued == null ? null : queued.at(),
        run == null ? null : run.startedAt(),
        run == null ? null : run.finishedAt(),
        run == null ? null : run.agent());
  }

  private static @Nullable JobQueued first(@Nullable JobQueued one, @Nullable JobQueued other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.at().isBefore(one.at()) ? other : one;
  }
}

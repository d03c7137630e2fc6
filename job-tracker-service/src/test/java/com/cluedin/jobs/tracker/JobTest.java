package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobTypeId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final UUID ID = JobIds.ofRequest(NOW);

  @Test
  void runsThatWereHandedOutAndNeverHeardOfAreListedAsLost() {
    RunFacts started = RunFacts.of(new JobStarted(ID, 2, "agent-1", NOW), NOW);
    RunFacts failed = RunFacts.of(new JobFailed(ID, 4, 0, "spent", true, NOW), NOW);
    assertThat(job(failed).runViews(List.of(started)))
        .extracting(JobRunView::attempt, JobRunView::status, JobRunView::agent)
        .containsExactly(
            tuple(1, "Lost", null),
            tuple(2, "Lost", "agent-1"),
            tuple(3, "Lost", null),
            tuple(4, "Failed", null));
  }

  @Test
  void aRetryBeginsAnewAndNothingLiesBetween() {
    RunFacts failed = RunFacts.of(new JobFailed(ID, 2, 0, "broken", false, NOW), NOW);
    assertThat(job(RunFacts.queued(11)).runViews(List.of(failed)))
        .extracting(JobRunView::attempt, JobRunView::status)
        .containsExactly(tuple(1, "Lost"), tuple(2, "Failed"), tuple(11, "Queued"));
  }

  private static Job job(RunFacts newestRun) {
    JobTypeId jobType = new JobTypeId(ID, ID, ID);
    JobQueued queued =
        new JobQueued(ID, jobType, ID, "HubSpot", null, "default", null, null, null, null, 1, NOW);
    return new Job(queued, null, null, newestRun);
  }
}

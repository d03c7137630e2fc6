package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/// Which jobs the watch finds.
class WatchedJobsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final TrackerDatabase database = new TrackerDatabase();
  private final WatchedJobs watched = new WatchedJobs(database.client());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aWishFromBeforeTheLatestEndIsNeverAFailure() {
    UUID alive = running("00:01:00", 100, 1, 90);
    UUID silent = running("00:01:00", 100, 80, 90);
    UUID unlimited = running(null, 100, 80, 90);

    assertThat(ids(watched.abandonedAndSilent(PATIENCE)))
        .containsExactlyInAnyOrder(silent, unlimited)
        .doesNotContain(alive);
    assertThat(ids(watched.abandonedAndStillRunning(PATIENCE))).containsExactly(alive);
    assertThat(ids(watched.notStopped(PATIENCE))).isEmpty();
  }

  @Test
  void aWishFromAfterTheLatestEndIsAFailureWhenTheRunGoesOn() {
    UUID asked = running("00:01:00", 100, 80, 30);
    UUID alive = running("00:01:00", 100, 1, 30);
    running("00:01:00", 100, 80, 5);

    assertThat(ids(watched.notStopped(PATIENCE))).containsExactlyInAnyOrder(asked, alive);
    assertThat(ids(watched.abandonedAndSilent(PATIENCE))).isEmpty();
  }

  @Test
  void anAlarmWaitsForWhatMayBeOnItsWay() {
    UUID late = JobIds.ofRequest(now);
    UUID justDue = JobIds.ofRequest(now);
    merge(List.of(queued(late, "00:01:00", null, 80), queued(justDue, "00:01:00", null, 65)));

    assertThat(ids(watched.late(PATIENCE))).containsExactly(late);
  }

  @Test
  void theWishOfTheWatchIsNotFromBeforeTheLatestEnd() {
    running("00:01:00", 100, 1, null);
    Job job = watched.runningTooLong().blockFirst();

    Instant slow = now.minusSeconds(3_600);
    assertThat(JobWatch.tooLong(job, slow).at()).isEqualTo(now.minusSeconds(40));
    assertThat(JobWatch.tooLong(job, now).at()).isEqualTo(now);
  }

  /// @param begun how many seconds ago the run began
  /// @param heard how many seconds ago its agent was heard of last
  /// @param asked how many seconds ago somebody wanted it stopped, or null
  private UUID running(
      @Nullable String longestRun, long begun, long heard, @Nullable Integer asked) {
    UUID job = JobIds.ofRequest(now);
    List<JobEvent> told = new ArrayList<>();
    told.add(queued(job, null, longestRun, begun));
    told.add(new JobStarted(job, 1, "agent", now.minusSeconds(begun)));
    told.add(new JobProgressed(job, 1, 1, now.minusSeconds(heard)));
    if (asked != null) {
      told.add(new JobAbandonRequested(job, "Ann", null, now.minusSeconds(asked)));
    }
    merge(told);
    return job;
  }

  private JobQueued queued(
      UUID job, @Nullable String alarm, @Nullable String longestRun, long secondsAgo) {
    return new JobQueued(
        job,
        new JobTypeId(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3)),
        new UUID(0, 4),
        "HubSpot",
        null,
        "default",
        alarm == null ? null : TimeSpan.parse(alarm),
        longestRun == null ? null : TimeSpan.parse(longestRun),
        null,
        null,
        1,
        now.minusSeconds(secondsAgo));
  }

  private void merge(List<JobEvent> told) {
    database.readModel().merge(JobFactsTest.fold(told).values()).block();
  }

  private static List<UUID> ids(Flux<Job> jobs) {
    return jobs.map(Job::id).collectList().block();
  }
}

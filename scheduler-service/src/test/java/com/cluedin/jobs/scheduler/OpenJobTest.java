package com.cluedin.jobs.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.JobEnds.After;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenJobTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final UUID JOB = JobIds.ofRequest(NOW);
  private static final JobTypeId JOB_TYPE =
      new JobTypeId(new UUID(0, 7), new UUID(0, 8), new UUID(0, 9));
  private static final OpenJob RUNNING = new OpenJob(JOB, JOB_TYPE, null, 1, 0, null, false, null);
  private static final OpenJob SECOND = new OpenJob(JOB, JOB_TYPE, null, 2, 0, null, false, null);
  private static final Retries TWICE = new Retries(2, TimeSpan.parse("00:00:30"));

  @Test
  void aFailedRunIsTriedAgainBeyondAllRunsItsRecordCanStillBegin() {
    OpenJob job = RUNNING.after(failed(1, false), TWICE, NOW);
    assertThat(job.attempt()).isEqualTo(11);
    assertThat(job.retries()).isEqualTo(1);
    assertThat(Duration.between(NOW, job.retryAt()).toMillis()).isBetween(27_000L, 33_000L);
    assertThat(job.retryScheduled(TWICE, NOW).reason()).isEqualTo("retry 1 of 2");

    OpenJob again = job.queuedNow().after(failed(14, false), TWICE, NOW);
    assertThat(again.attempt()).isEqualTo(21);
    assertThat(Duration.between(NOW, again.retryAt()).toMillis()).isBetween(54_000L, 66_000L);
    assertThat(again.queuedNow().after(failed(21, false), TWICE, NOW)).isNull();
  }

  @Test
  void whatAnAgentCallsFinalIsNotTriedAgain() {
    assertThat(RUNNING.after(failed(1, true), TWICE, NOW)).isNull();
  }

  @Test
  void endsWhenARunCompletesOrIsCancelled() {
    assertThat(RUNNING.after(new JobCompleted(JOB, 2, 1, NOW), TWICE, NOW)).isNull();
    assertThat(RUNNING.after(new JobCancelled(JOB, 1, 1, "", null, NOW), TWICE, NOW)).isNull();
    OpenJob waitsForRetry = RUNNING.after(failed(1, false), TWICE, NOW);
    assertThat(waitsForRetry.after(new JobCancelled(JOB, 11, 0, "", null, NOW), TWICE, NOW))
        .isNull();
  }

  @Test
  void whatIsSaidOfARunWhosePlaceAnotherTookChangesNothing() {
    OpenJob second = RUNNING.after(new JobStarted(JOB, 2, "b", NOW), TWICE, NOW);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.after(failed(1, false), TWICE, NOW)).isEqualTo(second);
    assertThat(second.after(new JobCompleted(JOB, 1, 1, NOW), TWICE, NOW)).isEqualTo(second);
    OpenJob waitsForRetry = RUNNING.after(failed(1, false), TWICE, NOW);
    assertThat(waitsForRetry.after(new JobStarted(JOB, 2, "b", NOW), TWICE, NOW))
        .isEqualTo(waitsForRetry);
  }

  @Test
  void whatEndsAJobIsKnownWithoutALookAtIt() {
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      List<RunEvent> told = random.ints(1 + i % 3, 0, 4).mapToObj(OpenJobTest::end).toList();
      boolean ended = JobEnds.after(told, Map.of(SECOND, TWICE), NOW).ended().containsKey(JOB);
      assertThat(JobEnds.ends(told).get(JOB) >= SECOND.attempt()).as("%s", told).isEqualTo(ended);
    }
  }

  private static RunEvent end(int which) {
    int attempt = 1 + which % 2;
    return which < 2 ? new JobCompleted(JOB, attempt, 1, NOW) : failed(attempt, true);
  }

  @Test
  void hearingItAgainChangesNothing() {
    After once = JobEnds.after(List.of(failed(1, false)), Map.of(RUNNING, TWICE), NOW);
    After twice =
        JobEnds.after(List.of(failed(1, false), failed(1, false)), Map.of(RUNNING, TWICE), NOW);
    assertThat(twice).isEqualTo(once);
    assertThat(once.told()).hasSize(1);
    After again =
        JobEnds.after(List.of(failed(1, false)), Map.of(once.changed().getFirst(), TWICE), NOW);
    assertThat(again).isEqualTo(new After(new TreeMap<>(), List.of(), List.of()));
  }

  @Test
  void aJobHasNoMoreRetriesThanNumbersForItsRuns() {
    Retries most = new Retries(Retries.MOST, TimeSpan.parse("00:00:01"));
    @Nullable OpenJob job = RUNNING;
    int retries = 0;
    while (job != null) {
      job = job.after(failed(job.attempt() + 4, false), most, NOW);
      retries += job == null ? 0 : 1;
    }
    assertThat(retries).isEqualTo(Retries.MOST);
  }

  @Test
  void waitsDoubleUpToAnHour() {
    Retries policy = Retries.DEFAULT;
    for (int retry = 0; retry < Retries.MOST; retry++) {
      double full = Math.min(30_000 * Math.pow(2, retry), 3_600_000);
      assertThat((double) policy.delayOf(JOB, retry).toMillis())
          .isBetween(full * 0.9 - 1, Math.min(full * 1.1, 3_600_000));
    }
    assertThat(policy.delayOf(JOB, 0)).isEqualTo(policy.delayOf(JOB, 0));
  }

  private static RunEvent failed(int attempt, boolean permanent) {
    return new JobFailed(JOB, attempt, 0, "broken", permanent, NOW);
  }
}

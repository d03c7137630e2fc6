package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.TimeSpan;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobFactsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID JOB = JobIds.ofRequest(NOW);

  @Test
  void anyOrderAndAnyDuplicationGiveTheSame() {
    for (int seed = 0; seed < 2_000; seed++) {
      RandomStories stories = new RandomStories(seed);
      List<JobEvent> told = stories.ofJobs(5);

      assertThat(fold(stories.garbled(told))).as("seed %d", seed).isEqualTo(fold(told));
    }
  }

  @Test
  void completedOutranksFailedOutranksCancelledWithinARun() {
    JobEvent cancelled = new JobCancelled(JOB, 1, 3, "stopped", null, NOW);
    JobEvent failed = new JobFailed(JOB, 1, 4, "broken", false, NOW);
    JobEvent completed = new JobCompleted(JOB, 1, 2, NOW);

    assertThat(newestRun(failed, cancelled).state()).isEqualTo(JobState.FAILED);
    assertThat(newestRun(failed, cancelled).remark()).isEqualTo("broken");
    RunFacts all = newestRun(completed, failed, cancelled);
    assertThat(all.state()).isEqualTo(JobState.COMPLETED);
    assertThat(all.remark()).isEmpty();
    assertThat(all.progress()).isEqualTo(4);
  }

  @Test
  void whatAnEarlierRunSaysLateChangesNothing() {
    RunFacts newest =
        newestRun(
            new JobStarted(JOB, 2, "heir", NOW.plusSeconds(20)),
            new JobProgressed(JOB, 1, 900, NOW.plusSeconds(30)),
            new JobCompleted(JOB, 1, 1_000, NOW.plusSeconds(40)));

    assertThat(newest.state()).isEqualTo(JobState.EXECUTING);
    assertThat(newest.agent()).isEqualTo("heir");
    assertThat(newest.progress()).isZero();
    assertThat(newest.finishedAt()).isNull();
  }

  @Test
  void aJobThatWaitsForItsRetryIsQueued() {
    RunFacts newest =
        newestRun(
            new JobRetryScheduled(JOB, 11, NOW.plusSeconds(60), "retry 1 of 3", NOW),
            new JobFailed(JOB, 1, 4, "broken", false, NOW));

    assertThat(newest.state()).isEqualTo(JobState.QUEUED);
    assertThat(newest.attempt()).isEqualTo(11);
    assertThat(newest.heardAt()).isNull();
  }

  @Test
  void aRunIsSilentUntilItsAgentIsHeardAgain() {
    JobEvent started = new JobStarted(JOB, 1, "agent", NOW);
    JobEvent silent = new JobSilent(JOB, 1, "agent", NOW, NOW.plusSeconds(16));
    JobEvent alarm = new JobAlarmRaised(JOB, TimeSpan.parse("00:00:10"), NOW.plusSeconds(17));

    assertThat(newestRun(started).isSilent()).isFalse();
    assertThat(newestRun(silent, alarm, started).isSilent()).isTrue();
    RunFacts again = newestRun(silent, started, new JobProgressed(JOB, 1, 1, NOW.plusSeconds(20)));
    assertThat(again.isSilent()).isFalse();
    assertThat(again.firstHeardAt()).isEqualTo(NOW);
    assertThat(again.heardAt()).isEqualTo(NOW.plusSeconds(20));
    assertThat(newestRun(started, silent, new JobCompleted(JOB, 1, 1, NOW)).isSilent()).isFalse();
  }

  @Test
  void whatTheTrackerSaysInPlaceOfAnAgentIsNotHearingIt() {
    RunFacts run =
        newestRun(
            new JobStarted(JOB, 1, "agent", NOW),
            new JobCancelled(JOB, 1, 0, "silent", null, NOW.plusSeconds(20)));
    assertThat(run.heardAt()).isEqualTo(NOW);

    RunFacts failed =
        JobFacts.of(new JobFailed(JOB, 1, 0, "too long", true, NOW.plusSeconds(20)), null)
            .newestRun();
    assertThat(failed.firstHeardAt()).isNull();
    assertThat(newestRun(new JobStarted(JOB, 1, "agent", NOW)).merge(failed).heardAt())
        .isEqualTo(NOW);
  }

  @Test
  void theFirstOfSeveralWishesCounts() {
    JobFacts facts =
        Stream.of(
                new JobAbandonRequested(JOB, "Bo", null, NOW),
                new JobAbandonRequested(JOB, null, "later", NOW.plusSeconds(1)),
                new JobAbandonRequested(JOB, "Ann", "b", NOW),
                new JobAbandonRequested(JOB, "Ann", "a", NOW))
            .map(event -> JobFacts.of(event, NOW))
            .reduce(JobFacts::merge)
            .orElseThrow();

    assertThat(facts.wish()).isEqualTo(new Wish(NOW, "Ann", "a"));
  }

  @Test
  void foreignTextIsMadeFitToBeKept() {
    String hostile = "a\0b" + "x".repeat(1_995) + "\uD83D\uDE00\uD83D\uDE00";

    String kept = newestRun(new JobFailed(JOB, 1, 0, hostile, false, NOW)).remark();

    assertThat(kept).startsWith("a\uFFFDbx").hasSize(1_999).endsWith("x…");
  }

  static Map<UUID, JobFacts> fold(List<JobEvent> told) {
    Map<UUID, JobFacts> facts = new HashMap<>();
    for (JobEvent event : told) {
      facts.merge(event.jobId(), JobFacts.of(event, event.at()), JobFacts::merge);
    }
    return facts;
  }

  private static RunFacts newestRun(JobEvent... told) {
    return Stream.of(told)
        .map(event -> JobFacts.of(event, event.at()))
        .reduce(JobFacts::merge)
        .orElseThrow()
        .newestRun();
  }
}

package com.cluedin.jobs.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.faults.Workload.Schedule;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.TimeSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A checker that finds nothing proves nothing: each of these is something it has to find.
class CheckerTest {

  private static final Instant T = Instant.parse("2026-03-01T12:00:00Z");
  private static final JobTypeId TYPE =
      new JobTypeId(new UUID(1, 1), new UUID(2, 2), new UUID(3, 3));
  private static final Schedule SCHEDULE =
      new Schedule(TYPE.toString(), TYPE.organizationId(), TYPE.configurationId(), Rhythm.every(2));

  private final List<ScheduleChange> changes = new ArrayList<>();
  private final List<OccurrenceDecided> decisions = new ArrayList<>();
  private final List<JobQueued> queued = new ArrayList<>();
  private final Map<UUID, Row> rows = new HashMap<>();
  private final Map<UUID, List<RunEvent>> events = new HashMap<>();

  @BeforeEach
  void fourOccurrencesThatWentWell() {
    changes.add(
        new ScheduleChange(
            SCHEDULE.id(), Rhythm.every(2), true, T.minusSeconds(2), T.minusSeconds(1)));
    for (int second = 0; second < 8; second += 2) {
      UUID job = decide(T.plusSeconds(second), T.plusSeconds(second));
      events.put(
          job,
          List.of(
              new JobStarted(job, 1, "agent", T),
              new JobProgressed(job, 1, 5, T),
              new JobCompleted(job, 1, 9, T)));
      rows.put(job, new Row(job, JobIds.run(job, 1), "Completed", 9));
    }
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void findsAnOccurrenceThatNobodyDecided() {
    decisions.remove(2);
    queued.remove(2);

    assertThat(findings()).singleElement().asString().contains("12:00:04Z", "was not decided");
  }

  @Test
  void findsThatTheFirstAndTheLastOccurrenceWereNotDecided() {
    decisions.removeFirst();
    decisions.removeLast();
    queued.removeFirst();
    queued.removeLast();

    assertThat(findings())
        .hasSize(2)
        .anyMatch(finding -> finding.contains("12:00:00Z"))
        .anyMatch(finding -> finding.contains("12:00:06Z"))
        .allMatch(finding -> finding.contains("was not decided"));
  }

  @Test
  void findsAScheduleThatNeverFired() {
    decisions.clear();

    assertThat(new Checker(evidence()).everyOccurrenceIsDecidedOnceAndNoneEarly()).hasSize(4);
  }

  @Test
  void missesNothingOnceAScheduleIsRemoved() {
    changes.add(
        new ScheduleChange(
            SCHEDULE.id(), Rhythm.NEVER, true, T.plusMillis(4_100), T.plusMillis(4_200)));
    decisions.removeLast();
    queued.removeLast();

    assertThat(findings()).isEmpty();
  }

  @Test
  void findsOneDecidedTwice() {
    decisions.add(decisions.getLast());

    assertThat(findings()).singleElement().asString().startsWith("(9)").contains("comes after");
  }

  @Test
  void findsOneDecidedEarly() {
    decide(T.plusSeconds(8), T.plusSeconds(7));

    assertThat(findings()).anyMatch(finding -> finding.contains("early: 2026-03-01T12:00:08Z"));
  }

  @Test
  void findsAnOldInstantFiredByANewCron() {
    changes.add(
        new ScheduleChange(
            SCHEDULE.id(), Rhythm.every(5), true, T.plusSeconds(7), T.plusMillis(7_100)));
    decide(T.plusSeconds(8), T.plusSeconds(8));

    assertThat(findings()).anyMatch(finding -> finding.contains("no occurrence of"));
  }

  @Test
  void acceptsEitherCronWhereNobodyKnowsWhetherItChanged() {
    changes.add(
        new ScheduleChange(
            SCHEDULE.id(), Rhythm.every(5), false, T.plusSeconds(7), T.plusSeconds(50)));
    UUID job = decide(T.plusSeconds(10), T.plusSeconds(10));
    rows.put(job, new Row(job, JobIds.run(job, 1), "Completed", 0));
    events.put(job, List.of(new JobCompleted(job, 1, 0, T)));

    assertThat(findings()).isEmpty();
  }

  @Test
  void findsAJobQueuedTwiceAndOneThatNobodyDecided() {
    queued.add(queued.getFirst());
    decisions.removeLast();

    assertThat(findings())
        .hasSize(3)
        .anyMatch(finding -> finding.contains("was queued 2 times"))
        .anyMatch(finding -> finding.contains("which nobody decided"))
        .anyMatch(finding -> finding.contains("12:00:06Z") && finding.contains("was not decided"));
  }

  @Test
  void acceptsARetryOfTheSameJob() {
    JobQueued first = queued.getFirst();
    queued.add(queued(first.jobId(), first.scheduledFor(), 11));
    events.put(first.jobId(), List.of(new JobCompleted(first.jobId(), 11, 3, T)));
    rows.put(first.jobId(), new Row(first.jobId(), JobIds.run(first.jobId(), 11), "Completed", 3));

    assertThat(findings()).isEmpty();
  }

  @Test
  void findsThatAnEarlierRunChangedTheRow() {
    UUID job = queued.getFirst().jobId();
    events.put(job, List.of(new JobStarted(job, 2, "other", T), new JobCompleted(job, 1, 9, T)));

    assertThat(findings()).singleElement().asString().startsWith("(4) shown is");
  }

  @Test
  void findsAJobThatIsGone() {
    rows.remove(queued.getFirst().jobId());

    assertThat(findings()).singleElement().asString().startsWith("(2)");
    assertThat(new Checker(evidence()).lost()).isEqualTo(1);
  }

  @Test
  void findsAJobThatWasStuck() {
    UUID job = queued.getFirst().jobId();
    events.put(
        job,
        List.of(
            new JobStarted(job, 1, "agent", T),
            new JobProgressed(job, 1, 5, T.plusSeconds(8)),
            new JobCompleted(job, 1, 9, T.plusSeconds(22))));

    assertThat(findings())
        .singleElement()
        .asString()
        .startsWith("(12)")
        .contains("from 2026-03-01T12:00:08Z");
  }

  @Test
  void findsAJobThatDidNotBeginThoughThereWasRoom() {
    UUID job = queued.getFirst().jobId();
    events.put(job, List.of(new JobCompleted(job, 1, 9, T.plusSeconds(14))));

    assertThat(findings()).singleElement().asString().startsWith("(12) there was room");
  }

  @Test
  void acceptsThatAJobWaitsWhileThreeOthersHaveAllPlacesOfAnAgent() {
    UUID waiting = queued.getFirst().jobId();
    events.put(waiting, List.of(new JobCompleted(waiting, 1, 9, T.plusSeconds(14))));
    for (JobQueued other : queued.subList(1, 4)) {
      UUID job = other.jobId();
      events.put(
          job,
          List.of(
              new JobStarted(job, 1, "agent", T.plusSeconds(1)),
              new JobCompleted(job, 1, 9, T.plusSeconds(13))));
    }

    assertThat(findings()).isEmpty();
  }

  private UUID decide(Instant occurrence, Instant at) {
    UUID job = JobIds.ofOccurrence(TYPE, occurrence);
    decisions.add(
        new OccurrenceDecided(
            TYPE, occurrence, Decision.FIRED, job, null, TimeSpan.ZERO, null, at));
    queued.add(queued(job, occurrence, 1));
    return job;
  }

  private static JobQueued queued(UUID job, Instant occurrence, int attempt) {
    return new JobQueued(
        job,
        TYPE,
        TYPE.providerId(),
        "HubSpot",
        null,
        "default",
        null,
        null,
        occurrence,
        null,
        attempt,
        T);
  }

  private List<String> findings() {
    return new Checker(evidence()).findings();
  }

  private Evidence evidence() {
    return new Evidence(
        List.of(SCHEDULE),
        changes,
        List.of(),
        List.of(),
        decisions,
        queued,
        events,
        Set.of(),
        rows,
        List.of(),
        List.of(),
        T,
        T.plusSeconds(8));
  }
}

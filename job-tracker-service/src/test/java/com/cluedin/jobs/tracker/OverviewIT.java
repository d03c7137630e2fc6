package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cluedin.jobs.model.AgentView;
import com.cluedin.jobs.model.ConfigurationView;
import com.cluedin.jobs.model.FailingStreak;
import com.cluedin.jobs.model.HourOfJobs;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.JobTypeRuns;
import com.cluedin.jobs.model.RecentRun;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is told at large, from what was told of jobs.
class OverviewIT {

  private static final Instant NOW = Instant.parse("2026-03-01T12:40:00Z");
  private static final JobTypeId DAILY = jobType(1, 1, 1);
  private static final JobTypeId WEEKLY = jobType(1, 1, 2);
  private static final JobTypeId OTHERS = jobType(2, 2, 1);

  private final TrackerDatabase database = new TrackerDatabase();
  private final JobTypeSearch known = new JobTypeSearch(database.client());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNewestThirtyJobsOfEachJobTypeAreShownOldestFirst() {
    List<JobQueued> weekly = new ArrayList<>();
    List<JobQueued> daily = new ArrayList<>();
    for (int day = 0; day < 70; day++) {
      daily.add(queued(DAILY, "HubSpot", NOW.minusSeconds(86_400L * day)));
      if (day % 7 == 0) {
        weekly.add(queued(WEEKLY, "HubSpot", NOW.minusSeconds(86_400L * day + 5)));
      }
    }
    tell(daily);
    tell(weekly);
    tell(List.of(new JobStarted(weekly.getFirst().jobId(), 1, "a", NOW)));
    RecentRuns runs = new RecentRuns(database.client());

    List<JobTypeRuns> all = runs.of(List.of(WEEKLY, OTHERS, DAILY), null).block();

    assertThat(all).extracting(JobTypeRuns::jobTypeId).containsExactly(WEEKLY, OTHERS, DAILY);
    assertThat(all.get(0).runs())
        .extracting(RecentRun::id)
        .containsExactlyElementsOf(ids(weekly.reversed()));
    assertThat(all.get(0).runs().getLast().status()).isEqualTo("Executing");
    assertThat(all.get(1).runs()).isEmpty();
    assertThat(all.get(2).runs())
        .extracting(RecentRun::id)
        .containsExactlyElementsOf(ids(daily.subList(0, 30).reversed()));
    assertThat(runs.of(List.of(DAILY), new UUID(0, 2)).block().getFirst().runs()).isEmpty();
  }

  @Test
  void theHistogramHasEveryHour() {
    tell(
        List.of(
            queued(DAILY, "HubSpot", NOW.minusSeconds(1)),
            queued(DAILY, "HubSpot", NOW.minusSeconds(2 * 3600)),
            queued(OTHERS, "HubSpot", NOW.minusSeconds(2 * 3600)),
            queued(DAILY, "HubSpot", NOW.minusSeconds(3 * 3600))));
    Histogram histogram = new Histogram(database.client(), Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(histogram.ofLast(3, null).block())
        .extracting(HourOfJobs::from, HourOfJobs::queued, HourOfJobs::completed)
        .containsExactly(
            tuple(Instant.parse("2026-03-01T10:00:00Z"), 2L, 0L),
            tuple(Instant.parse("2026-03-01T11:00:00Z"), 0L, 0L),
            tuple(Instant.parse("2026-03-01T12:00:00Z"), 1L, 0L));
    assertThat(histogram.ofLast(3, new UUID(0, 2)).block())
        .extracting(HourOfJobs::queued)
        .containsExactly(1L, 0L, 0L);
  }

  @Test
  void anAgentIsSilentWhenItIsSoAboutAllItsJobs() {
    List<JobQueued> jobs =
        IntStream.range(0, 5)
            .mapToObj(i -> queued(i < 4 ? DAILY : OTHERS, "HubSpot", NOW))
            .toList();
    tell(jobs);
    String[] agents = {"b", "b", "a", "c", "a"};
    for (int i = 0; i < agents.length; i++) {
      tell(List.of(new JobStarted(jobs.get(i).jobId(), 1, agents[i], NOW.plusSeconds(i))));
    }
    for (int i : new int[] {0, 2, 4}) {
      UUID job = jobs.get(i).jobId();
      tell(List.of(new JobSilent(job, 1, agents[i], NOW.plusSeconds(i), NOW.plusSeconds(60))));
    }
    tell(List.of(new JobCompleted(jobs.get(3).jobId(), 1, 1, NOW.plusSeconds(9))));
    Agents atWork = new Agents(database.client());

    assertThat(atWork.atWork(null).collectList().block())
        .containsExactly(
            new AgentView("a", 2, NOW.plusSeconds(4), true),
            new AgentView("b", 2, NOW.plusSeconds(1), false));
    assertThat(atWork.atWork(new UUID(0, 2)).collectList().block())
        .extracting(AgentView::agent, AgentView::jobs)
        .containsExactly(tuple("a", 1L));
  }

  @Test
  void jobTypesAreKnownByWhatTheNewestOfTheirJobsIsCalledInAnyOrder() {
    for (int seed = 0; seed < 3; seed++) {
      List<JobQueued> told =
          new ArrayList<>(
              List.of(
                  queued(DAILY, "old", null, NOW.minusSeconds(9)),
                  queued(DAILY, "Hub", "x", NOW.minusSeconds(1)),
                  queued(DAILY, "Hub", null, NOW),
                  queued(DAILY, "Hub", "", NOW),
                  queued(DAILY, "Hub", "100%_A", NOW),
                  again(queued(DAILY, "old", "y", NOW.minusSeconds(2)), NOW.plusSeconds(60))));
      Collections.shuffle(told, new Random(seed));
      try (TrackerDatabase another = new TrackerDatabase()) {
        told.forEach(job -> another.merge(List.of(job)).block());
        assertThat(another.query("SELECT name || configuration_name FROM tracker.job_type"))
            .containsExactly("Hub100%_A");
      }
    }
  }

  @Test
  void configurationsAreFoundByEitherNameAsItIsWritten() {
    tell(
        List.of(
            queued(DAILY, "hubSpot", "100% Ärger", NOW),
            queued(WEEKLY, "hubSpot", "100% Ärger", NOW),
            queued(jobType(3, 1, 1), "Acceptance", "b_c", NOW),
            queued(jobType(4, 1, 1), "Acceptance", null, NOW),
            queued(OTHERS, "HubSpot", "axb", NOW)));

    assertThat(found(null, "")).containsExactly("b_c", null, "100% Ärger", "axb");
    assertThat(found(null, "HUB")).containsExactly("100% Ärger", "axb");
    assertThat(found(null, "0% äR")).containsExactly("100% Ärger");
    assertThat(found(null, "_")).containsExactly("b_c");
    assertThat(found(new UUID(0, 2), "")).containsExactly("axb");
    assertThat(known.connectors(null).block()).containsExactly("Acceptance", "HubSpot", "hubSpot");
    assertThat(known.connectors(new UUID(0, 2)).block()).containsExactly("HubSpot");
    assertThat(known.configurations(null, "", 1).collectList().block()).hasSize(1);
  }

  @Test
  void aStreakIsOfTheNewestEndedJobsAndEndsWithASuccess() {
    fail(DAILY, 5, NOW.minusSeconds(3 * 86_400));
    JobQueued success = queued(WEEKLY, "HubSpot", NOW.minusSeconds(50_000));
    tell(List.of(success, new JobCompleted(success.jobId(), 1, 1, NOW)));
    fail(WEEKLY, 4, NOW.minusSeconds(40_000));
    fail(OTHERS, 3, NOW.minusSeconds(900));
    JobQueued ended = queued(OTHERS, "HubSpot", NOW);
    fail(jobType(5, 2, 1), 2, NOW.minusSeconds(5_000));
    fail(jobType(6, 2, 1), 40, NOW.minusSeconds(5_000));
    tell(List.of(queued(DAILY, "HubSpot", NOW)));
    FailingStreaks streaks =
        new FailingStreaks(database.client(), Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(streaks.find(null).collectList().block())
        .extracting(FailingStreak::jobTypeId, FailingStreak::failures)
        .containsExactly(
            tuple(jobType(6, 2, 1), 30), tuple(DAILY, 5), tuple(WEEKLY, 4), tuple(OTHERS, 3));
    assertThat(streaks.find(new UUID(0, 1)).collectList().block())
        .extracting(FailingStreak::jobTypeId)
        .containsExactly(DAILY, WEEKLY);
    tell(List.of(ended, new JobCompleted(ended.jobId(), 1, 1, NOW)));
    assertThat(streaks.find(new UUID(0, 2)).collectList().block())
        .extracting(FailingStreak::jobTypeId)
        .containsExactly(jobType(6, 2, 1));
    Clock later = Clock.fixed(NOW.plusSeconds(8 * 86_400), ZoneOffset.UTC);
    assertThat(new FailingStreaks(database.client(), later).find(null).collectList().block())
        .isEmpty();
  }

  @Test
  void aStreakIsLookedForAmongTheNewestThousandJobsOfAConfiguration() {
    fail(DAILY, 3, NOW.minusSeconds(5_000));
    FailingStreaks streaks =
        new FailingStreaks(database.client(), Clock.fixed(NOW, ZoneOffset.UTC));
    tell(waiting(WEEKLY, 997));
    assertThat(streaks.find(null).collectList().block()).hasSize(1);

    tell(waiting(WEEKLY, 1));

    assertThat(streaks.find(null).collectList().block()).isEmpty();
  }

  private static JobQueued again(JobQueued job, Instant at) {
    return new JobQueued(
        job.jobId(),
        job.jobTypeId(),
        job.userId(),
        job.name(),
        job.configurationName(),
        job.queue(),
        null,
        null,
        null,
        null,
        2,
        at);
  }

  private static List<JobQueued> waiting(JobTypeId jobType, int count) {
    return IntStream.range(0, count).mapToObj(_ -> queued(jobType, "HubSpot", NOW)).toList();
  }

  private List<@Nullable String> found(@Nullable UUID organization, String search) {
    return known.configurations(organization, search, 10).collectList().block().stream()
        .map(ConfigurationView::configurationName)
        .toList();
  }

  private void fail(JobTypeId jobType, int times, Instant from) {
    for (int i = 0; i < times; i++) {
      Instant at = from.plusSeconds(i);
      JobQueued job = queued(jobType, "HubSpot", at);
      tell(List.of(job, new JobFailed(job.jobId(), 1, 0, "broken", true, at.plusSeconds(60))));
    }
  }

  private void tell(List<? extends JobEvent> told) {
    database.merge(told).block();
  }

  private static List<UUID> ids(List<JobQueued> jobs) {
    return jobs.stream().map(JobQueued::jobId).toList();
  }

  private static JobTypeId jobType(int configuration, int organization, int provider) {
    return new JobTypeId(
        new UUID(0, configuration), new UUID(0, organization), new UUID(0, provider));
  }

  private static JobQueued queued(JobTypeId jobType, String name, Instant at) {
    return queued(jobType, name, null, at);
  }

  private static JobQueued queued(
      JobTypeId jobType, String name, @Nullable String configurationName, Instant at) {
    return new JobQueued(
        JobIds.ofRequest(at),
        jobType,
        new UUID(0, 3),
        name,
        configurationName,
        "default",
        null,
        null,
        null,
        null,
        1,
        at);
  }
}

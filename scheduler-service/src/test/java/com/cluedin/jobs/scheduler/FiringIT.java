package com.cluedin.jobs.scheduler;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What becomes of occurrences, and of the jobs they make.
class FiringIT extends TwoSchedulers {

  @Test
  void everyOccurrenceIsDecidedOnceThroughAPause() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"overlap\":\"allow\",\"cron\":\"@every_second\"");
    await().until(() -> decided(id).size() >= 2);
    String name = "{\"id\":\"" + id + "\"";
    HttpResponse<String> paused =
        first.send("POST", "/job-types/pause", name + ",\"reason\":\"moving\"}");
    assertThat(json(paused).at("/Paused/Reason").asString()).isEqualTo("moving");
    int before = decided(id).size();
    await().until(() -> decided(id).size() >= before + 3);
    assertThat(second.send("POST", "/job-types/resume", name + "}").statusCode()).isEqualTo(200);
    int then = decided(id).size();
    await().until(() -> decided(id).size() >= then + 3);
    second.send("POST", "/job-types/remove", ids(id.toString()));

    List<OccurrenceDecided> decided =
        await()
            .during(Duration.ofSeconds(2))
            .until(
                () -> decided(id),
                all ->
                    all.stream().filter(one -> one.jobId() != null).count()
                        == queue.of(Set.of(id.configurationId())).size());
    for (int i = 1; i < decided.size(); i++) {
      assertThat(decided.get(i).scheduledFor())
          .isEqualTo(decided.get(i - 1).scheduledFor().plusSeconds(1));
    }
    assertThat(decided)
        .anyMatch(one -> one.decision() == Decision.SKIPPED_PAUSED)
        .filteredOn(one -> one.decision() == Decision.SKIPPED_PAUSED)
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(decided.getLast().decision().makesJob()).isTrue();
  }

  @Test
  void whatIsDueIsToldInThatInstantAndNotBefore() {
    ZonedDateTime due = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(5).truncatedTo(SECONDS);
    JobTypeId id = enable(UUID.randomUUID(), dailyAt(due));
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !queue.of(Set.of(id.configurationId())).isEmpty());
    assertThat(Instant.now()).isBetween(due.toInstant(), due.plusSeconds(2).toInstant());
    assertThat(queued(id.configurationId()))
        .singleElement()
        .satisfies(job -> {
          assertThat(job.scheduledFor()).isEqualTo(due.toInstant());
          assertThat(job.at()).isBetween(due.toInstant(), due.plusSeconds(1).toInstant());
        });
    assertThat(decided(id))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.decision()).isEqualTo(Decision.FIRED);
          assertThat(one.late().isZero()).isTrue();
        });
  }

  @Test
  void whoPausesJustBeforeItIsDueIsToldTheTruthAboutIt() {
    ZonedDateTime due = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(10).truncatedTo(SECONDS);
    List<IntegrationEnabled> enabled =
        Stream.generate(() -> enabled(UUID.randomUUID(), dailyAt(due))).limit(20).toList();
    send(enabled.toArray(Event[]::new));
    List<JobTypeId> all = enabled.stream().map(IntegrationEnabled::jobTypeId).toList();
    await().until(() -> all.stream().allMatch(id -> inList(id) != null));
    Instant justBefore = due.minus(Duration.ofMillis(90)).toInstant();
    assertThat(Instant.now()).isBefore(justBefore);
    awaitInstant(justBefore);
    Map<JobTypeId, Instant> pausedAt = new HashMap<>();
    for (JobTypeId id : all) {
      HttpResponse<String> paused =
          second.send(
              "POST", "/job-types/pause", "{\"id\":\"%s\",\"reason\":\"now\"}".formatted(id));
      pausedAt.put(id, Instant.parse(json(paused).at("/Paused/At").asString()));
    }
    pausedAt.forEach((id, at) -> {
      List<OccurrenceDecided> decided = await().until(() -> decided(id), them -> !them.isEmpty());
      assertThat(decided)
          .singleElement()
          .satisfies(one ->
              assertThat(one.decision())
                  .as("due %s, paused at %s", due, at)
                  .isEqualTo(
                      at.isBefore(due.toInstant()) ? Decision.SKIPPED_PAUSED : Decision.FIRED));
    });
  }

  @Test
  void whatIsDueWhileAnEarlierJobIsNotFinishedIsSkippedAndThatJobNamed() {
    JobTypeId id = enable(UUID.randomUUID(), "@every_second");
    await().until(() -> decided(id).size() >= 3);
    List<JobQueued> jobs = queued(id.configurationId());
    assertThat(jobs).hasSize(1);
    UUID first = jobs.getFirst().jobId();
    tell(new JobStarted(first, 1, "agent-1", Instant.now()));
    tell(new JobCompleted(first, 1, 5, Instant.now()));

    await().until(() -> queued(id.configurationId()).size() == 2);
    second.send("POST", "/job-types/remove", ids(id.toString()));
    List<OccurrenceDecided> decided = decided(id);
    assertThat(decided.getFirst().decision()).isEqualTo(Decision.FIRED);
    assertThat(decided.get(1).decision()).isEqualTo(Decision.SKIPPED_OVERLAP);
    assertThat(decided.get(1).overlaps()).isEqualTo(first);
    assertThat(decided)
        .filteredOn(one -> one.jobId() != null)
        .extracting(OccurrenceDecided::jobId)
        .containsExactlyElementsOf(
            queued(id.configurationId()).stream().map(JobQueued::jobId).toList());
  }

  @Test
  void whatIsSaidOfARunWhosePlaceAnotherTookEndsNoJob() {
    JobTypeId id = enable(UUID.randomUUID(), "@every_second");
    await().until(() -> queued(id.configurationId()).size() == 1);
    UUID job = queued(id.configurationId()).getFirst().jobId();
    tell(new JobStarted(job, 2, "agent-2", Instant.now()));
    await().until(() -> openJobs("job_id = '%s' AND attempt = 2".formatted(job)) == 1);
    tell(new JobCompleted(job, 1, 5, Instant.now()));
    await().during(Duration.ofSeconds(2)).until(() -> queued(id.configurationId()).size() == 1);

    tell(new JobCompleted(job, 2, 5, Instant.now()));

    await().until(() -> queued(id.configurationId()).size() == 2);
    second.send("POST", "/job-types/remove", ids(id.toString()));
  }

  private static long openJobs(String condition) throws SQLException {
    try (Connection database = database();
        Statement statement = database.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT count(*) FROM open_job WHERE " + condition)) {
      count.next();
      return count.getLong(1);
    }
  }

  @Test
  void aDeferredJobIsQueuedWhenTheOneItIsToReplaceHasEnded() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"overlap\":\"cancel\",\"cron\":\"@every_second\"");
    await().until(() -> decided(id).size() >= 3);
    change(id, "\"cron\":\"" + YEARLY + "\"");
    List<OccurrenceDecided> decided = decided(id);
    UUID running = decided.getFirst().jobId();
    OccurrenceDecided deferred = decided.get(1);
    assertThat(deferred.decision()).isEqualTo(Decision.DEFERRED);
    assertThat(deferred.overlaps()).isEqualTo(running);
    assertThat(decided.get(2).decision()).isEqualTo(Decision.SKIPPED_OVERLAP);
    assertThat(decided.get(2).overlaps()).isEqualTo(deferred.jobId());
    await()
        .untilAsserted(() ->
            assertThat(abandonments.all(JobAbandonRequested.class))
                .filteredOn(asked -> asked.jobId().equals(running))
                .singleElement()
                .satisfies(asked -> assertThat(asked.reason()).contains("takes its place")));
    assertThat(queued(id.configurationId())).hasSize(1);

    tell(new JobCancelled(running, 1, 5, "abandoned", "agent-1", Instant.now()));

    await().until(() -> queued(id.configurationId()).size() == 2);
    assertThat(queued(id.configurationId()).getLast())
        .satisfies(job -> {
          assertThat(job.jobId()).isEqualTo(deferred.jobId());
          assertThat(job.scheduledFor()).isEqualTo(deferred.scheduledFor());
        });
  }

  @Test
  void aJobThatWaitsIsHeldByAPauseAndCancelledWhenItsScheduleIsRemoved() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"overlap\":\"queue\",\"cron\":\"@every_second\"");
    await().until(() -> decided(id).size() >= 2);
    String name = "{\"id\":\"" + id + "\"";
    first.send("POST", "/job-types/pause", name + ",\"reason\":\"moving\"}");
    UUID running = decided(id).getFirst().jobId();
    UUID waiting = decided(id).get(1).jobId();
    tell(new JobCompleted(running, 1, 5, Instant.now()));
    await().during(Duration.ofSeconds(2)).until(() -> queued(id.configurationId()).size() == 1);

    second.send("POST", "/job-types/remove", ids(id.toString()));

    await().until(() -> queued(id.configurationId()).size() == 2);
    assertThat(queued(id.configurationId()).getLast().jobId()).isEqualTo(waiting);
    await()
        .untilAsserted(() ->
            assertThat(abandonments.all(JobAbandonRequested.class))
                .filteredOn(asked -> asked.jobId().equals(waiting))
                .singleElement()
                .satisfies(asked -> assertThat(asked.reason()).contains("removed")));
  }

  @Test
  void aJobWhoseRunFailedIsQueuedAgainAsOftenAsItsPolicySays() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"retries\":2,\"retryDelay\":\"00:00:01\",\"longestRun\":\"00:10:00\"");
    first.send("POST", "/job-types/trigger", ids(id.toString()));
    JobQueued job = queued(id.configurationId()).getFirst();
    assertThat(job.longestRun()).hasToString("00:10:00");

    tell(new JobFailed(job.jobId(), 1, 0, "broken", false, Instant.now()));
    tell(new JobFailed(job.jobId(), 1, 0, "broken", false, Instant.now()));
    await().until(() -> queued(id.configurationId()).size() == 2);
    tell(new JobFailed(job.jobId(), 12, 0, "broken", false, Instant.now()));
    await().until(() -> queued(id.configurationId()).size() == 3);
    tell(new JobFailed(job.jobId(), 21, 0, "broken", false, Instant.now()));

    await().during(Duration.ofSeconds(3)).until(() -> queued(id.configurationId()).size() == 3);
    assertThat(queued(id.configurationId()))
        .allMatch(again -> again.jobId().equals(job.jobId()))
        .extracting(JobQueued::attempt)
        .containsExactly(1, 11, 21);
    await()
        .untilAsserted(() ->
            assertThat(runs.all(JobRetryScheduled.class))
                .filteredOn(retry -> retry.jobId().equals(job.jobId()))
                .extracting(JobRetryScheduled::attempt, JobRetryScheduled::reason)
                .containsExactly(tuple(11, "retry 1 of 2"), tuple(21, "retry 2 of 2")));
  }

  @Test
  void aFailureTheAgentCallsFinalIsNotTriedAgain() {
    JobTypeId id = enable(UUID.randomUUID(), YEARLY);
    change(id, "\"retryDelay\":\"00:00:01\"");
    first.send("POST", "/job-types/trigger", ids(id.toString()));
    JobQueued job = queued(id.configurationId()).getFirst();
    tell(new JobFailed(job.jobId(), 1, 0, "the account is closed", true, Instant.now()));
    await().during(Duration.ofSeconds(3)).until(() -> queued(id.configurationId()).size() == 1);
  }
}

package com.cluedin.jobs.gateway.live;

import static com.cluedin.jobs.gateway.live.Told.news;
import static com.cluedin.jobs.gateway.live.Told.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.LiveJobView;
import com.cluedin.jobs.model.LiveView;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.model.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/// What a stretch of the log tells, and to whom.
class NewsTest {

  private static final Instant T = Instant.parse("2026-03-18T14:00:00Z");
  private static final UUID OWN = UUID.randomUUID();
  private static final UUID FOREIGN = UUID.randomUUID();
  private static final JobTypeId TYPE = new JobTypeId(UUID.randomUUID(), OWN, UUID.randomUUID());
  private static final UUID JOB = JobIds.ofOccurrence(TYPE, T);

  @Test
  void aJobIsToldOnceWithAllThatIsKnown() {
    LiveJobView job =
        single(
            queued(JOB, TYPE, 1, T),
            new JobStarted(JOB, 1, "agent-1", at(1)),
            new JobProgressed(JOB, 1, 7, at(2)),
            new JobProgressed(JOB, 1, 5, at(3)));
    assertThat(job)
        .isEqualTo(
            new LiveJobView(
                JOB,
                JobIds.run(JOB, 1),
                1,
                "Executing",
                7L,
                "HubSpot",
                "Tim Ward",
                TYPE.configurationId(),
                TYPE,
                T,
                at(1),
                null,
                "agent-1"));
  }

  @Test
  void whatIsNotToldIsNull() {
    assertThat(single(new JobStarted(JOB, 2, "agent-1", at(1))))
        .isEqualTo(
            new LiveJobView(
                JOB,
                JobIds.run(JOB, 2),
                2,
                "Executing",
                null,
                null,
                null,
                null,
                null,
                null,
                at(1),
                null,
                "agent-1"));
  }

  @Test
  void aLaterAttemptOutranksAllOfAnEarlierOne() {
    LiveJobView job =
        single(
            new JobStarted(JOB, 11, "agent-2", at(5)),
            new JobCompleted(JOB, 1, 900, at(6)),
            new JobStarted(JOB, 1, "agent-1", at(1)));
    assertThat(job.attempt()).isEqualTo(11);
    assertThat(job.status()).isEqualTo("Executing");
    assertThat(job.progress()).isNull();
    assertThat(job.finishedAt()).isNull();
    assertThat(job.agent()).isEqualTo("agent-2");
  }

  @Test
  void aRetryIsQueuedAgainAndKeepsWhenTheJobWasQueued() {
    LiveJobView job =
        single(
            queued(JOB, TYPE, 11, at(60)),
            queued(JOB, TYPE, 1, T),
            new JobFailed(JOB, 1, 3, "broken", false, at(2)),
            new JobRetryScheduled(JOB, 11, at(60), "again", at(3)));
    assertThat(job.status()).isEqualTo("Queued");
    assertThat(job.queuedAt()).isEqualTo(T);
    assertThat(job.jobRunId()).isEqualTo(JobIds.run(JOB, 11));
  }

  @Test
  void aWishToStopShowsAsCancellingUntilTheEnd() {
    JobAbandonRequested wish = new JobAbandonRequested(JOB, "Tim", null, at(2));
    LiveJobView alone = single(wish);
    assertThat(alone.status()).isEqualTo("Cancelling");
    assertThat(alone.attempt()).isNull();
    assertThat(alone.jobRunId()).isNull();
    assertThat(single(wish, queued(JOB, TYPE, 1, T)).status()).isEqualTo("Queued");
    assertThat(single(wish, new JobProgressed(JOB, 1, 5, at(1))).status()).isEqualTo("Cancelling");
    assertThat(single(wish, new JobCancelled(JOB, 1, 5, "as asked", null, at(3))).status())
        .isEqualTo("Cancelled");
    assertThat(single(wish, new JobCompleted(JOB, 1, 5, at(3))).status()).isEqualTo("Completed");
  }

  @Test
  void orderRepetitionAndCutsDoNotMatter() {
    List<Event> events =
        List.of(
            queued(JOB, TYPE, 1, T),
            new JobStarted(JOB, 1, "agent-1", at(1)),
            new JobProgressed(JOB, 1, 5, at(2)),
            new JobStarted(JOB, 2, "agent-2", at(20)),
            new JobProgressed(JOB, 2, 8, at(22)),
            new JobAbandonRequested(JOB, null, null, at(23)),
            new JobCompleted(JOB, 2, 9, at(24)),
            new JobCancelled(JOB, 2, 8, "as asked", null, at(25)));
    LiveView expected = news(events.toArray(Event[]::new)).view(null);
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      List<Event> told = new ArrayList<>(events);
      told.add(events.get(random.nextInt(events.size())));
      Collections.shuffle(told, random);
      int cut = random.nextInt(told.size());
      News one = news(told.subList(0, cut).toArray(Event[]::new));
      News other = news(told.subList(cut, told.size()).toArray(Event[]::new));
      assertThat(News.joined(List.of(one, other)).view(null)).isEqualTo(expected);
    }
  }

  @Test
  void alarmsAreToldWithoutTouchingTheRow() {
    LiveView view = news(new JobAlarmRaised(JOB, TimeSpan.parse("00:10:00"), at(9))).view(null);
    assertThat(view.jobs()).isEmpty();
    assertThat(view.alarms()).containsExactly(JOB);
    assertThat(view.at()).isEqualTo(at(9));
  }

  @Test
  void anOrganizationIsToldItsOwnAlone() {
    JobTypeId other = new JobTypeId(UUID.randomUUID(), FOREIGN, UUID.randomUUID());
    UUID foreign = JobIds.ofOccurrence(other, T);
    News news =
        news(
            queued(JOB, TYPE, 1, T),
            queued(foreign, other, 1, T),
            new JobStarted(JobIds.ofRequest(T), 1, "agent-1", at(1)),
            new IntegrationDisabled(other.configurationId(), FOREIGN, at(2)));
    LiveView own = news.view(OWN);
    assertThat(own.jobs()).extracting(LiveJobView::id).containsExactly(JOB);
    assertThat(own.jobTypes()).isEmpty();
    LiveView others = news.view(FOREIGN);
    assertThat(others.jobs()).extracting(LiveJobView::id).containsExactly(foreign);
    assertThat(others.jobTypes()).containsExactly(other.configurationId().toString());
    assertThat(news.view(UUID.randomUUID())).isNull();
    assertThat(news.view(null).jobs()).hasSize(3);
  }

  @Test
  void aConfigurationOfNobodyIsNamedToNobody() {
    News news = news(new IntegrationDisabled(TYPE.configurationId(), null, at(2)));
    assertThat(news.view(OWN).jobTypes()).containsExactly("*");
    assertThat(news.view(null).jobTypes()).containsExactly(TYPE.configurationId().toString());
  }

  @Test
  void moreThanFiveHundredJobsAreCountedAlone() {
    Event[] many =
        IntStream.range(0, 501)
            .mapToObj(_ -> new JobStarted(JobIds.ofRequest(T), 1, "agent-1", T))
            .toArray(Event[]::new);
    assertThat(news(many).view(null)).isEqualTo(new LiveView(T, 501, null, null, null));
    Event[] fewer = java.util.Arrays.copyOf(many, 500);
    assertThat(news(fewer).view(null).jobs()).hasSize(500);
  }

  @Test
  void ofJobsOfWhichOneIsNobodysNothingIsOwned() {
    Owners owners = new Owners(_ -> Mono.empty());
    News news = news(new JobStarted(JOB, 1, "agent-1", T));
    assertThat(news.owned(owners)).isNull();
    owners.learn(news(queued(JOB, TYPE, 1, T)));
    assertThat(news.owned(owners).view(OWN).jobs()).hasSize(1);
  }

  @Test
  void whatDoesNotBelongOnItsTopicTellsNothing() {
    News news =
        NewsReader.read(
            List.of(
                record(Topics.JOB_EVENTS, queued(JOB, TYPE, 1, T)),
                record(Topics.JOB_EVENTS, EventWire.read("job.unheard-of.v9", new byte[0])),
                record(Topics.JOB_EVENTS, null),
                record(Topics.jobQueue("other"), queued(JOB, TYPE, 1, T)),
                record(Topics.JOB_EVENTS, new JobStarted(JobIds.run(JOB, 1), 1, "a", T))));
    assertThat(news.isEmpty()).isTrue();
    assertThat(news.view(null)).isNull();
  }

  private static LiveJobView single(Event... events) {
    List<LiveJobView> jobs = news(events).view(null).jobs();
    assertThat(jobs).hasSize(1);
    return jobs.getFirst();
  }

  private static JobQueued queued(UUID job, JobTypeId type, int attempt, Instant at) {
    return new JobQueued(
        job, type, OWN, "HubSpot", "Tim Ward", "default", null, null, T, null, attempt, at);
  }

  private static Instant at(int second) {
    return T.plusSeconds(second);
  }
}

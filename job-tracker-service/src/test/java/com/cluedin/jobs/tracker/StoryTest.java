package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.JobAbandonment;
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
import com.cluedin.jobs.model.JobEventView;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobStateView;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoryTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID JOB = JobIds.ofRequest(NOON);

  private final List<Said> said = new ArrayList<>();

  @Test
  void aJobThatGoesWellIsQueuedThenExecutesThenIsCompleted() {
    hear("/scheduler", queued(1, 0));
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(2)));
    hear("/agent-1", new JobCompleted(JOB, 1, 7, at(12)));

    Story story = story();

    assertThat(story.states())
        .containsExactly(
            new JobStateView("Queued", 1, at(0), at(2), 2.0),
            new JobStateView("Executing", 1, at(2), at(12), 10.0),
            new JobStateView("Completed", 1, at(12), null, null));
    assertThat(story.events())
        .containsExactly(
            new JobEventView(at(0), at(0), "job.queued.v1", 1, "Ann", null, true),
            new JobEventView(at(2), at(2), "job.started.v1", 1, "agent-1", null, true),
            new JobEventView(at(12), at(12), "job.completed.v1", 1, "agent-1", "7 clues", true));
    assertThat(story.abandonment()).isNull();
    assertThat(story.retryAt()).isNull();
  }

  @Test
  void whatARunSaysThatWasFencedIsNotAccepted() {
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(0)));
    hear("/agent-2", new JobStarted(JOB, 2, "agent-2", at(20)));
    hear("/agent-1", new JobProgressed(JOB, 1, 9, at(21)));
    hear("/agent-1", new JobCompleted(JOB, 1, 10, at(22)));
    hear("/agent-2", new JobCompleted(JOB, 2, 10, at(30)));

    assertThat(accepted()).containsExactly(true, true, false, false, true);
    assertThat(path()).containsExactly("Executing 1", "Executing 2", "Completed 2");
  }

  @Test
  void ofSeveralEndsOfARunOneThatCountsMoreIsAccepted() {
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(0)));
    hear("/job-tracker-service", new JobCancelled(JOB, 1, 0, "silent", null, at(20)));
    hear("/agent-1", new JobCancelled(JOB, 1, 0, "stopped", "agent-1", at(21)));
    hear("/agent-1", new JobProgressed(JOB, 1, 9, at(22)));
    hear("/agent-1", new JobCompleted(JOB, 1, 10, at(23)));
    hear("/agent-1", new JobFailed(JOB, 1, 10, "late", false, at(24)));

    assertThat(accepted()).containsExactly(true, true, false, false, true, false);
    assertThat(path()).containsExactly("Executing 1", "Cancelled 1", "Completed 1");
  }

  @Test
  void whatIsToldAgainIsNotAccepted() {
    JobEvent started = new JobStarted(JOB, 1, "agent-1", at(0));
    hear("/agent-1", started);
    hear("/agent-1", started);
    hear("/tracker", new JobSilent(JOB, 1, "agent-1", at(0), at(16)));
    hear("/tracker", new JobSilent(JOB, 1, "agent-1", at(0), at(17)));
    hear("/tracker", new JobSilent(JOB, 1, "agent-1", at(30), at(46)));
    hear("/tracker", new JobAlarmRaised(JOB, TimeSpan.parse("00:00:50"), at(50)));
    hear("/tracker", new JobAlarmRaised(JOB, TimeSpan.parse("00:00:50"), at(51)));

    assertThat(accepted()).containsExactly(true, false, true, false, true, true, false);
    assertThat(story().events().get(2).text()).isEqualTo("agent-1 is silent.");
    assertThat(story().events().get(2).by()).isEqualTo("tracker");
    assertThat(story().events().get(5).attempt()).isNull();
  }

  @Test
  void aWishIsDeliveredAndConfirmed() {
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(0)));
    hear("/tracker", new JobAbandonRequested(JOB, "Ann", "no need", at(5)));
    hear("/agent-1", new JobCancelling(JOB, 1, "agent-1", at(6)));
    hear("/agent-1", new JobCancelled(JOB, 1, 3, "abandoned", "agent-1", at(7)));
    hear("/tracker", new JobAbandonRequested(JOB, "Bo", "too late", at(8)));

    assertThat(story().abandonment())
        .isEqualTo(new JobAbandonment(at(5), "Ann", "no need", at(6), "agent-1", at(7), null));
    assertThat(path()).containsExactly("Executing 1", "Cancelling 1", "Cancelled 1");
  }

  @Test
  void aWishTimesOutWhenTheTrackerEndsTheRun() {
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(0)));
    hear("/tracker", new JobAbandonRequested(JOB, null, "It ran longer than 01:00:00.", at(5)));
    List<Said> before = List.copyOf(said);

    hear("/job-tracker-service", new JobCancelled(JOB, 1, 3, "silent", null, at(22)));
    assertThat(story().abandonment().timedOutAt()).isEqualTo(at(22));
    assertThat(story().abandonment().confirmedAt()).isNull();

    hear("/agent-1", new JobCompleted(JOB, 1, 3, at(23)));
    assertThat(story().abandonment().confirmedAt()).isEqualTo(at(23));
    assertThat(story().abandonment().timedOutAt()).isNull();

    said.clear();
    said.addAll(before);
    hear("/job-tracker-service", new JobFailed(JOB, 1, 3, "too long", true, at(22)));
    assertThat(story().abandonment().timedOutAt()).isEqualTo(at(22));

    said.clear();
    said.addAll(before);
    hear("/agent-1", new JobFailed(JOB, 1, 3, "broken", false, at(22)));
    assertThat(story().abandonment().confirmedAt()).isEqualTo(at(22));
    assertThat(story().abandonment().timedOutAt()).isNull();
  }

  @Test
  void nobodyHasToConfirmThatAQueuedJobIsStopped() {
    hear("/scheduler", queued(1, 0));
    hear("/tracker", new JobAbandonRequested(JOB, "Ann", null, at(5)));
    hear("/job-tracker-service", new JobCancelled(JOB, 1, 0, "not begun", null, at(5)));

    assertThat(story().abandonment())
        .isEqualTo(new JobAbandonment(at(5), "Ann", null, null, null, at(5), null));
    assertThat(path()).containsExactly("Queued 1", "Cancelled 1");
  }

  @Test
  void aLaterRunHasToHearOfTheWishAnew() {
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(0)));
    hear("/tracker", new JobAbandonRequested(JOB, "Ann", null, at(5)));
    hear("/agent-1", new JobCancelling(JOB, 1, "agent-1", at(6)));
    hear("/agent-2", new JobStarted(JOB, 2, "agent-2", at(20)));

    assertThat(story().abandonment())
        .isEqualTo(new JobAbandonment(at(5), "Ann", null, null, null, null, null));
    assertThat(path()).containsExactly("Executing 1", "Cancelling 1", "Cancelling 2");
  }

  @Test
  void aWishHasItsPlaceBeforeItsEventIsRead() {
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(0)));
    hear("/tracker", new JobAbandonRequested(JOB, null, "no need", at(5)));
    hear("/agent-1", new JobCancelling(JOB, 1, "agent-1", at(6)));
    hear("/agent-1", new JobCancelled(JOB, 1, 3, "abandoned", "agent-1", at(7)));

    Story story = storyWithout(1);

    assertThat(story.abandonment())
        .isEqualTo(new JobAbandonment(at(5), null, "no need", at(6), "agent-1", at(7), null));
    assertThat(path(story)).containsExactly("Executing 1", "Cancelling 1", "Cancelled 1");
  }

  @Test
  void theTrackersEndOfARunHasItsPlaceBeforeItsEventIsRead() {
    hear("/scheduler", queued(1, 0));
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(2)));
    hear("/tracker", new JobAbandonRequested(JOB, "Ann", null, at(5)));
    hear("/job-tracker-service", new JobCancelled(JOB, 1, 0, "silent", null, at(9)));
    for (Story story : List.of(story(), storyWithout(3), storyWithout(2, 3))) {
      assertThat(path(story))
          .containsExactly("Queued 1", "Executing 1", "Cancelling 1", "Cancelled 1");
      assertThat(story.abandonment())
          .isEqualTo(new JobAbandonment(at(5), "Ann", null, null, null, null, at(9)));
    }

    hear("/job-tracker-service", new JobFailed(JOB, 1, 0, "too long", true, at(10)));
    assertThat(path(storyWithout(4))).isEqualTo(path(story())).endsWith("Failed 1");
    assertThat(path(storyWithout(0, 1, 2, 3, 4))).containsExactly("Failed 1");
  }

  @Test
  void aFailedJobIsQueuedWhileItWaitsForItsRetry() {
    hear("/scheduler", queued(1, 0));
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(1)));
    hear("/agent-1", new JobFailed(JOB, 1, 3, "broken", false, at(2)));
    hear("/scheduler", new JobRetryScheduled(JOB, 11, at(60), "retry 1 of 3", at(3)));
    assertThat(story().retryAt()).isEqualTo(at(60));
    assertThat(path()).containsExactly("Queued 1", "Executing 1", "Failed 1", "Queued 11");

    hear("/scheduler", queued(11, 60));
    assertThat(story().retryAt()).isNull();
    assertThat(path()).hasSize(4);

    hear("/scheduler", new JobRetryScheduled(JOB, 11, at(60), "again", at(61)));
    assertThat(story().retryAt()).isNull();
  }

  @Test
  void theOrderOfReadingDoesNotMatter() {
    hear("/scheduler", queued(1, 0));
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(0)));
    hear("/tracker", new JobAbandonRequested(JOB, "Ann", null, at(0)));
    hear("/agent-1", new JobCompleted(JOB, 1, 3, at(0)));
    Story whole = story();

    Collections.shuffle(said, new Random(1));

    assertThat(story()).isEqualTo(whole);
    assertThat(path()).containsExactly("Queued 1", "Cancelling 1", "Completed 1");
  }

  @Test
  void clocksThatDisagreeMakeNoTimeRunBackwards() {
    hear("/scheduler", queued(1, 10));
    hear("/agent-1", new JobStarted(JOB, 1, "agent-1", at(8)), at(11));

    assertThat(story().states().getFirst().seconds()).isZero();
    assertThat(story().states().getLast().from()).isEqualTo(at(10));
  }

  private void hear(String source, JobEvent event) {
    hear(source, event, event.at());
  }

  private void hear(String source, JobEvent event, Instant heardAt) {
    said.add(
        new Said(HeardEvent.of(event, heardAt, said.size(), source), JobFacts.of(event, heardAt)));
  }

  private Story story() {
    return storyWithout();
  }

  /// With some that the read model knows, but that were not read yet.
  private Story storyWithout(int... unread) {
    List<HeardEvent> read =
        IntStream.range(0, said.size())
            .filter(i -> IntStream.of(unread).noneMatch(it -> it == i))
            .mapToObj(i -> said.get(i).heard)
            .toList();
    JobFacts facts = said.stream().map(Said::facts).reduce(JobFacts::merge).orElseThrow();
    return Story.of(read, facts.wish(), facts.newestRun());
  }

  private List<Boolean> accepted() {
    return story().events().stream().map(JobEventView::accepted).toList();
  }

  private List<String> path() {
    return path(story());
  }

  private static List<String> path(Story story) {
    return story.states().stream().map(state -> state.status() + " " + state.attempt()).toList();
  }

  private static JobQueued queued(int attempt, int second) {
    return new JobQueued(
        JOB,
        new JobTypeId(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3)),
        new UUID(0, 4),
        "HubSpot",
        null,
        "default",
        null,
        null,
        null,
        "Ann",
        attempt,
        at(second));
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  private record Said(HeardEvent heard, JobFacts facts) {}
}

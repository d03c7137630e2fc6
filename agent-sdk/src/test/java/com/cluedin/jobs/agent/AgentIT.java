package com.cluedin.jobs.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentIT {

  private Stage stage;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage();
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void runsEachJobOnceAcrossTwoAgents() {
    Map<UUID, AtomicInteger> runs = new ConcurrentHashMap<>();
    Crawler crawler =
        crawl -> {
          runs.computeIfAbsent(crawl.job().jobId(), _ -> new AtomicInteger()).incrementAndGet();
          Thread.sleep(20);
          crawl.progress(7);
        };
    stage.start(stage.settings("one").withJobsAtOnce(4), crawler);
    stage.start(stage.settings("two").withJobsAtOnce(3), crawler);
    List<UUID> jobs = new ArrayList<>();
    await() // one may be let into the group when the other has run hundreds
        .atMost(Stage.SOON)
        .until(() -> {
          jobs.addAll(stage.queue(10));
          return agentsOf(jobs).size() == 2;
        });

    List<UUID> ofBoth = IntStream.range(0, 200).mapToObj(_ -> stage.queue()).toList();
    jobs.addAll(ofBoth);

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() ->
            assertThat(jobs)
                .allSatisfy(job -> assertThat(stage.of(job, JobCompleted.class)).hasSize(1)));
    assertThat(runs).hasSameSizeAs(jobs);
    assertThat(runs.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    assertThat(jobs)
        .allSatisfy(
            job -> assertThat(stage.of(job, JobCompleted.class).getFirst().clues()).isEqualTo(7));
    assertThat(agentsOf(ofBoth)).containsExactlyInAnyOrder("one", "two");
  }

  private Set<String> agentsOf(Collection<UUID> jobs) {
    return stage.heard.stream()
        .filter(event -> event instanceof JobStarted && jobs.contains(event.jobId()))
        .map(event -> ((JobStarted) event).agent())
        .collect(Collectors.toSet());
  }

  /// Between two jobs lies the end of the first one's transaction, which nobody is to wait at.
  @Test
  void takesTheNextJobAsSoonAsItIsFree() {
    stage.start(stage.settings("free").withJobsAtOnce(1), _ -> {});
    UUID first = stage.queue();
    await().atMost(Stage.SOON).until(() -> stage.isCompleted(first));

    for (int i = 0; i < 10; i++) {
      UUID job = stage.queue();
      await().atMost(Duration.ofSeconds(5)).until(() -> stage.isCompleted(job));
    }
  }

  /// Whichever of them has any.
  @Test
  void takesJobsOfEachOfItsQueues() {
    String other = stage.queue + "-other";
    List<String> queues = List.of(stage.queue, other);
    stage.start(stage.settings("one").withQueues(queues).withJobsAtOnce(3), _ -> {});
    stage.start(stage.settings("two").withQueues(queues).withJobsAtOnce(1), _ -> {});

    for (String queue : List.of(other, stage.queue, other, other, stage.queue, stage.queue)) {
      List<UUID> jobs = stage.queue(queue, 7);
      await().atMost(Stage.SOON).until(() -> jobs.stream().allMatch(stage::isCompleted));
    }
  }

  @Test
  void isHeardOfWhileNothingGrows() {
    stage.start(stage.settings("silent"), Stage.ENDLESS);

    UUID job = stage.queue();

    await().atMost(Stage.SOON).until(() -> stage.of(job, JobProgressed.class).size() >= 4);
  }

  @Test
  void stopsARunningJobThatIsAbandonedWithinTwoSeconds() {
    stage.start(stage.settings("abandoned"), Stage.ENDLESS);
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      UUID job = stage.queue();
      await().atMost(Stage.SOON).until(() -> !stage.of(job, JobStarted.class).isEmpty());
      Instant before = Instant.now();
      stage.abandon(job);
      await().atMost(Stage.SOON).until(() -> !stage.of(job, JobCancelled.class).isEmpty());
      took.add(Duration.between(before, stage.of(job, JobCancelled.class).getFirst().at()));
    }

    Collections.sort(took); // one may have fallen into a pause of the machine
    assertThat(took.get(1)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void cancelsWithinTwoSecondsOfHearingWhenTheCrawlerDoesNotHeed() {
    CountDownLatch end = new CountDownLatch(1);
    stage.start(
        stage.settings("stubborn").withJobsAtOnce(1),
        _ -> {
          while (end.getCount() > 0) {
            try {
              end.await();
            } catch (InterruptedException e) {
              // heeds nothing
            }
          }
        });
    UUID job = stage.queue();
    await().atMost(Stage.SOON).until(() -> !stage.of(job, JobStarted.class).isEmpty());

    stage.abandon(job);

    await().atMost(Stage.SOON).until(() -> !stage.of(job, JobCancelled.class).isEmpty());
    Instant asked = stage.of(job, JobCancelling.class).getFirst().at();
    assertThat(stage.of(job, JobCancelled.class).getFirst().at())
        .isBefore(asked.plus(Duration.ofSeconds(2)));
    end.countDown();
    UUID next = stage.queue();
    await().atMost(Stage.SOON).until(() -> !stage.of(next, JobCompleted.class).isEmpty());
  }

  @Test
  void doesNotRunWhatWasAbandonedBefore() {
    AtomicInteger runs = new AtomicInteger();
    UUID job = stage.queue();
    stage.abandon(job);

    stage.start(stage.settings("late"), _ -> runs.incrementAndGet());

    await().atMost(Stage.SOON).until(() -> !stage.of(job, JobCancelled.class).isEmpty());
    assertThat(stage.of(job)).hasSize(1);
    assertThat(runs).hasValue(0);
  }

  @Test
  void tellsOfFailuresAndGoesOn() {
    Agent agent =
        stage.start(
            stage.settings("failing").withJobsAtOnce(1),
            crawl -> {
              crawl.progress(3);
              throw new StackOverflowError("deep");
            });
    UUID job = stage.queue();

    await().atMost(Stage.SOON).until(() -> !stage.of(job, JobFailed.class).isEmpty());
    JobFailed failed = stage.of(job, JobFailed.class).getFirst();
    assertThat(failed.error()).isEqualTo("StackOverflowError: deep");
    assertThat(failed.permanent()).isFalse();
    assertThat(failed.clues()).isEqualTo(3);
    UUID next = stage.queue();
    await().atMost(Stage.SOON).until(() -> !stage.of(next, JobFailed.class).isEmpty());
    await().atMost(Stage.SOON).until(() -> agent.running() == 0);
  }

  @Test
  void saysWhenTryingAgainWouldNotHelp() {
    stage.start(
        stage.settings("permanent"),
        _ -> {
          throw new PermanentFailure("wrong password");
        });

    UUID job = stage.queue();

    await().atMost(Stage.SOON).until(() -> !stage.of(job, JobFailed.class).isEmpty());
    assertThat(stage.of(job, JobFailed.class).getFirst().permanent()).isTrue();
  }

  @Test
  void passesOverWhatItCannotRead() {
    Agent agent = stage.start(stage.settings("reader").withJobsAtOnce(1), _ -> {});
    UUID before = stage.queue();
    stage.queueBytes("no header, no job");
    stage.queueBytes("{");
    stage.queueBytes(null);
    UUID after = stage.queue();

    await()
        .atMost(Stage.SOON)
        .until(() ->
            Stream.of(before, after).allMatch(job -> !stage.of(job, JobCompleted.class).isEmpty()));
    assertThat(agent.unreadable()).isEqualTo(3);
  }
}

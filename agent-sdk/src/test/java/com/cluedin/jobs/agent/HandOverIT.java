package com.cluedin.jobs.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an agent holds, and what it leaves to others.
class HandOverIT {

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
  void keepsItsLeaseForAsLongAsTheCrawlerRuns() {
    AtomicInteger runs = new AtomicInteger();
    Crawler crawler =
        crawl -> {
          runs.incrementAndGet();
          for (int i = 1; i <= 70; i++) {
            Thread.sleep(100);
            crawl.progress(i);
          }
        };
    stage.start(stage.settings("keeper"), crawler);
    stage.start(stage.settings("waiting"), crawler);

    UUID job = stage.queue();

    await().atMost(Stage.SOON).until(() -> stage.isCompleted(job));
    assertThat(runs).hasValue(1);
    assertThat(stage.of(job, JobStarted.class)).hasSize(1);
    assertThat(stage.of(job, JobProgressed.class).stream().map(JobProgressed::clues).toList())
        .hasSizeBetween(4, 11)
        .isSorted();
  }

  /// What was taken together ends by itself, and its places go to others, while one goes on.
  @Test
  void aLongJobHoldsUpNoneOfThoseTakenWithIt() {
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<UUID> longOne = new AtomicReference<>();
    stage.start(
        stage.settings("mixed").withJobsAtOnce(8),
        crawl -> {
          if (longOne.compareAndSet(null, crawl.job().jobId())) {
            end.await();
          }
        });

    List<UUID> jobs = new ArrayList<>(stage.queue(8));
    await().atMost(Stage.SOON).until(() -> jobs.stream().filter(stage::isCompleted).count() == 7);
    jobs.addAll(stage.queue(30));
    await().atMost(Stage.SOON).until(() -> jobs.stream().filter(stage::isCompleted).count() == 37);
    await()
        .atMost(Stage.LEASE.multipliedBy(3))
        .until(() -> stage.of(longOne.get(), JobProgressed.class).size() >= 4);
    end.countDown();

    await().atMost(Stage.SOON).until(() -> jobs.stream().allMatch(stage::isCompleted));
    assertThat(jobs).allSatisfy(job -> assertThat(attempts(job)).containsExactly(1));
  }

  /// A broker forgets deliveries of a group whose last connection closes (decision 1): the
  /// bystander's stays open.
  @Test
  void runsTheJobsOfAKilledAgentAgain() throws Exception {
    String elsewhere = stage.queue + "-elsewhere";
    stage.start(stage.settings("bystander").withQueues(List.of(elsewhere)), _ -> {});
    UUID other = stage.queue(elsewhere, 1).getFirst();
    await().atMost(Stage.SOON).until(() -> stage.isCompleted(other));
    Process doomed = DoomedAgent.fork(stage, 2);
    try {
      List<UUID> jobs = List.of(stage.queue(), stage.queue());
      await()
          .atMost(Stage.SOON)
          .until(() -> jobs.stream().allMatch(job -> !stage.of(job).isEmpty()));
      stage.start(stage.settings("heir"), _ -> {});

      doomed.destroyForcibly().waitFor();

      await()
          .atMost(Stage.LEASE.plusSeconds(5))
          .until(() -> jobs.stream().allMatch(job -> !stage.of(job, JobCompleted.class).isEmpty()));
      assertThat(jobs)
          .allSatisfy(job -> {
            assertThat(stage.of(job, JobStarted.class))
                .extracting(JobStarted::agent)
                .containsExactly("doomed", "heir");
            assertThat(stage.of(job, JobCompleted.class).getFirst().attempt()).isEqualTo(2);
          });
    } finally {
      doomed.destroyForcibly();
    }
  }

  @Test
  void givesUpJobsItsPausedProcessLost() throws Exception {
    Process paused = DoomedAgent.fork(stage, 1);
    try {
      UUID job = stage.queue();
      await().atMost(Stage.SOON).until(() -> !stage.of(job).isEmpty());
      signal(paused, "STOP");
      stage.start(stage.settings("heir"), Stage.ENDLESS);
      await().atMost(Stage.LEASE.plusSeconds(5)).until(() -> attempts(job).contains(2));
      long before = stage.of(job).stream().filter(event -> event.attempt() == 1).count();

      signal(paused, "CONT");
      await()
          .atMost(Stage.SOON)
          .until(() -> stage.of(job).stream().filter(event -> event.attempt() == 2).count() > 5);

      assertThat(stage.of(job).stream().filter(event -> event.attempt() == 1))
          .hasSize((int) before);
      assertThat(attempts(job)).containsOnly(1, 2);
    } finally {
      paused.destroyForcibly();
    }
  }

  @Test
  void letsJobsEndWhenItDrains() {
    Agent agent = stage.start(stage.settings("calm"), _ -> Thread.sleep(1_500));
    UUID job = stage.queue();
    await().atMost(Stage.SOON).until(() -> !stage.of(job, JobStarted.class).isEmpty());

    agent.close();

    await().atMost(Stage.SOON).until(() -> stage.isCompleted(job));
  }

  @Test
  void givesBackWhatIsUnfinishedWhenItDrains() {
    Agent agent = stage.start(stage.settings("leaving"), Stage.ENDLESS);
    UUID job = stage.queue();
    await().atMost(Stage.SOON).until(() -> !stage.of(job, JobStarted.class).isEmpty());
    stage.start(stage.settings("staying"), _ -> {});

    long before = System.nanoTime();
    agent.drain(Duration.ofMillis(200));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));

    await().atMost(Stage.SOON).until(() -> stage.isCompleted(job));
    assertThat(stage.of(job, JobCompleted.class).getFirst().attempt()).isGreaterThan(1);
    assertThat(stage.of(job)).noneMatch(JobFailed.class::isInstance);
    assertThat(stage.of(job)).noneMatch(JobCancelled.class::isInstance);
  }

  /// As often as the brokers hand a job out, the fifth time for the last time.
  @Test
  void aJobThatNobodyBringsToAnEndIsSpent() {
    UUID job = stage.queue();
    for (int attempt = 1; attempt <= 5; attempt++) {
      Agent agent = stage.start(stage.settings("weak-" + attempt).withJobsAtOnce(1), Stage.ENDLESS);
      int runs = attempt;
      await().atMost(Stage.SOON).until(() -> stage.of(job, JobStarted.class).size() == runs);
      agent.drain(Duration.ZERO);
    }
    assertThat(attempts(job)).containsExactly(1, 2, 3, 4, 5);
    await()
        .atMost(Stage.SOON)
        .untilAsserted(() ->
            assertThat(stage.spent())
                .anySatisfy(record -> {
                  assertThat(record.key()).isEqualTo(job.toString());
                  assertThat(EventWire.read("job.queued.v1", record.value()))
                      .isInstanceOf(JobQueued.class);
                  assertThat(record.headers().lastHeader("__dlq.errors.delivery.count").value())
                      .isEqualTo("5".getBytes(UTF_8));
                }));
  }

  @Test
  void leavesToOthersWhatItHasNoRoomFor() {
    CountDownLatch end = new CountDownLatch(1);
    stage.start(stage.settings("full").withJobsAtOnce(2), _ -> end.await());
    List<UUID> held = new ArrayList<>(List.of(stage.queue(), stage.queue()));
    await()
        .atMost(Stage.SOON)
        .until(() -> held.stream().allMatch(job -> !stage.of(job, JobStarted.class).isEmpty()));
    List<UUID> waiting = IntStream.range(0, 20).mapToObj(_ -> stage.queue()).toList();

    stage.start(stage.settings("free").withJobsAtOnce(2), _ -> {});

    await()
        .atMost(Stage.SOON)
        .until(
            () -> waiting.stream().allMatch(job -> !stage.of(job, JobCompleted.class).isEmpty()));
    assertThat(waiting).allSatisfy(job -> assertThat(attempts(job)).containsOnly(1));
    end.countDown();
  }

  private List<Integer> attempts(UUID job) {
    return stage.of(job).stream().map(RunEvent::attempt).distinct().toList();
  }

  private static void signal(Process process, String signal) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor())
        .isZero();
  }
}

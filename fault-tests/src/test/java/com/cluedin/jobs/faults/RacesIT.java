package com.cluedin.jobs.faults;

import com.cluedin.jobs.faults.Workload.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Fault 18: two things at the same moment.
@Order(7)
@ExtendWith(FaultTable.class)
class RacesIT {

  @Test
  void abandoningAtTheMomentOfCompletionHasOneOutcome() {
    int rounds = Dose.GIVEN.share(60);
    try (Scene scene = Scene.of("18", "abandon against completion")) {
      Schedule schedule =
          scene.workload().enable(Stage.uuid(scene.random()), Rhythm.NEVER, "default");
      for (int round = 0; round < rounds; round++) {
        UUID job = Workload.jobOf(scene.workload().trigger(schedule));
        Pause.ofMillis(scene.random().nextInt(900));
        scene.workload().abandon(job);
      }
      long stopped = scene.workload().abandonments().stream().filter(Answer::isDone).count();
      scene.end(rounds, "%d in time, %d too late".formatted(stopped, rounds - stopped));
    }
  }

  @Test
  void fiftyTriggersAtOnceMakeFiftyJobs() {
    int rounds = Dose.GIVEN.share(2);
    int at = 50;
    try (Scene scene = Scene.of("18", "50 triggers at once")) {
      Schedule schedule =
          scene.workload().enable(Stage.uuid(scene.random()), Rhythm.NEVER, "default");
      for (int round = 0; round < rounds; round++) {
        CompletableFuture.allOf(
                IntStream.range(0, at)
                    .mapToObj(_ ->
                        CompletableFuture.runAsync(
                            () -> scene.workload().trigger(schedule), Thread::startVirtualThread))
                    .toArray(CompletableFuture[]::new))
            .join();
      }
      List<UUID> triggered = scene.workload().triggered();
      if (triggered.size() != rounds * at || triggered.stream().distinct().count() != rounds * at) {
        scene.found(
            "%d triggers made %d jobs, %d different"
                .formatted(rounds * at, triggered.size(), triggered.stream().distinct().count()));
      }
      scene.end(rounds);
    }
  }

  @Test
  void aCronThatChangesWhileItFiresNeverFiresAnOldInstant() {
    int rounds = Dose.GIVEN.share(24);
    try (Scene scene = Scene.of("18", "cron changed or removed while firing")) {
      UUID organization = Stage.uuid(scene.random());
      Schedule changed = scene.workload().enable(organization, Rhythm.every(1), "default");
      Schedule removed =
          scene.workload().enable(Stage.uuid(scene.random()), Rhythm.every(1), "default");
      for (int round = 0; round < rounds; round++) {
        scene.workload().changeCron(changed, round % 2 == 0 ? Rhythm.every(20) : Rhythm.every(1));
        Pause.of(Duration.ofMillis(300 + scene.random().nextInt(1_200)));
        if (round == rounds / 2) {
          scene.workload().remove(removed);
        }
      }
      scene.end(rounds);
    }
  }
}

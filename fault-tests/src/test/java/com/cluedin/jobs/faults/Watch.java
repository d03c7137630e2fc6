package com.cluedin.jobs.faults;

import com.cluedin.jobs.model.JobIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A client that looks at the list of jobs all the time, and notes what must never be seen.
final class Watch implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(400);

  private final Api api;
  private final Map<UUID, Row> newestOfRun = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> newestAttempt = new ConcurrentHashMap<>();
  private final List<String> steppedBack = new CopyOnWriteArrayList<>();
  private final List<String> progressFell = new CopyOnWriteArrayList<>();
  private volatile boolean looking = true;
  private volatile int looks;
  private volatile @Nullable Throwable blinded;
  private final Thread thread = Thread.ofVirtual().name("watch").unstarted(this::look);

  Watch(Api api) {
    this.api = api;
  }

  void begin() {
    thread.start();
  }

  /// Runs that were seen in an earlier state, and jobs in an earlier run, than before.
  List<String> steppedBack() {
    return List.copyOf(steppedBack);
  }

  List<String> progressFell() {
    return List.copyOf(progressFell);
  }

  @Override
  public void close() {
    looking = false;
    try {
      thread.join(Api.LONGEST.plusSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What speaks against its having looked at all.
  List<String> blindness() {
    if (blinded != null) {
      return List.of("nobody watched any more after " + blinded);
    }
    return looks == 0 ? List.of("nobody watched") : List.of();
  }

  private void look() {
    try {
      lookOn();
    } catch (RuntimeException e) {
      blinded = e;
    }
  }

  private void lookOn() {
    while (looking) {
      Answer answer = api.get("/api/v1/jobs?take=150");
      if (answer.status() == 200) {
        answer.elements().map(Row::of).forEach(this::see);
        looks++;
      }
      Pause.of(EVERY);
    }
  }

  private void see(Row row) {
    Row before = newestOfRun.put(row.runId(), row);
    if (before != null && Row.rank(before.status()) > Row.rank(row.status())) {
      steppedBack.add(
          "run %s was %s, then %s".formatted(row.runId(), before.status(), row.status()));
    }
    if (before != null && before.progress() > row.progress()) {
      progressFell.add(
          "progress of run %s was %d, then %d"
              .formatted(row.runId(), before.progress(), row.progress()));
    }
    int attempt = newestAttempt.merge(JobIds.jobOf(row.id()), row.attempt(), Math::max);
    if (attempt > row.attempt()) {
      steppedBack.add(
          "job %s was in run %d, then in run %d".formatted(row.id(), attempt, row.attempt()));
    }
  }
}

package com.cluedin.jobs.benchmarks;

import static java.util.stream.Collectors.joining;

import com.cluedin.jobs.benchmarks.Measure.Figures;
import com.cluedin.jobs.model.JobTypeId;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Twenty thousand jobs that do nothing, triggered by people: how many a second come to be shown as
/// Completed, from the first trigger to the last row.
final class Drain {

  private static final int JOB_TYPES = 10_000;
  private static final int TIMES = 2;
  private static final int IDS_OF_A_REQUEST = 500;

  private static final int WARM_UP = 40;
  private static final int ROUNDS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Drain() {}

  static void measure(Installation on, Figures figures) throws Exception {
    try (Integrations integrations =
            Integrations.enable(on, JOB_TYPES, Integrations.NEVER_NOW, "default");
        Connection database = on.database()) {
      Memory.Most<Rounds<Round>> taken =
          Memory.mostDuring(
              on,
              () ->
                  Rounds.take(
                      figures,
                      WARM_UP,
                      ROUNDS,
                      () -> drain(on, database, integrations.jobTypes())));
      Rounds<Round> rounds = taken.result();
      figures.add("", "jobs/s", rounds.each(Round::rate));
      figures.add(".events_kept", "of each job", rounds.each(Round::eventsKept));
      figures.add(".memory", "GiB", taken.gibibytes());
    }
  }

  private static Round drain(Installation on, Connection database, List<JobTypeId> jobTypes)
      throws Exception {
    int jobs = jobTypes.size() * TIMES;
    long before = Installation.completed(database);
    long eventsBefore = events(database);
    Map<String, Duration> busyBefore = on.busy();
    long began = System.nanoTime();
    trigger(on, jobTypes);
    double triggered = (System.nanoTime() - began) / 1e9;
    Installation.await(
        "all jobs to be completed",
        PATIENCE,
        () -> Installation.completed(database) >= before + jobs);
    double seconds = (System.nanoTime() - began) / 1e9;
    SortedMap<String, Double> busy = new TreeMap<>();
    on.busy()
        .forEach((part, time) ->
            busy.put(part, time.minus(busyBefore.get(part)).toNanos() / 1e3 / jobs));
    return new Round(
        jobs / seconds, triggered, (events(database) - eventsBefore) / (double) jobs, busy);
  }

  private static void trigger(Installation on, List<JobTypeId> jobTypes) throws Exception {
    SideBySide people = SideBySide.of(2);
    for (int i = 0; i < TIMES * jobTypes.size() / IDS_OF_A_REQUEST; i++) {
      int from = i * IDS_OF_A_REQUEST % jobTypes.size();
      people.begin(() -> {
        on.gateway().trigger(jobTypes.subList(from, from + IDS_OF_A_REQUEST));
        return null;
      });
    }
    people.await();
  }

  private static long events(Connection database) throws Exception {
    return Installation.number(database, "SELECT count(*) FROM tracker.job_event");
  }

  /// @param rate jobs a second
  /// @param triggered after how many seconds the last trigger was answered
  /// @param eventsKept how many events of each job the tracker shows
  /// @param busy for how many microseconds each part kept a processor busy for a job
  private record Round(
      double rate, double triggered, double eventsKept, SortedMap<String, Double> busy) {

    @Override
    public String toString() {
      return "%.0f jobs/s, triggered within %.1f s, %.2f events kept of each; µs busy: %s"
          .formatted(
              rate,
              triggered,
              eventsKept,
              busy.entrySet().stream()
                  .map(part -> "%s %.0f".formatted(part.getKey(), part.getValue()))
                  .collect(joining(", ")));
    }
  }
}

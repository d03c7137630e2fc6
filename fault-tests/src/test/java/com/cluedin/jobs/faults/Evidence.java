package com.cluedin.jobs.faults;

import com.cluedin.jobs.faults.Workload.Schedule;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is known of one workload once it is over: what was asked, what the topics say, and what a
/// client is shown.
///
/// @param decisions of its schedules, in the order they were told
/// @param queued of its schedules, in the order they were told
/// @param runEvents of its jobs, in the order they were told
/// @param abandoned jobs that somebody asked to stop
/// @param rows by job
/// @param healed when the last fault was over and everything served
/// @param ended when all schedules had been ended
record Evidence(
    List<Schedule> schedules,
    List<ScheduleChange> changes,
    List<Answer> triggers,
    List<Answer> abandonments,
    List<OccurrenceDecided> decisions,
    List<JobQueued> queued,
    Map<UUID, List<RunEvent>> runEvents,
    Set<UUID> abandoned,
    Map<UUID, Row> rows,
    List<String> steppedBack,
    List<String> progressFell,
    Instant healed,
    Instant ended) {

  static Evidence of(
      Workload workload,
      TopicLog log,
      Map<UUID, Row> rows,
      Watch watch,
      Instant healed,
      Instant ended) {
    Set<String> ours = workload.schedules().stream().map(Schedule::id).collect(Collectors.toSet());
    List<JobQueued> queued =
        log.all(JobQueued.class).filter(it -> ours.contains(it.jobTypeId().toString())).toList();
    Set<UUID> jobs = queued.stream().map(JobEvent::jobId).collect(Collectors.toSet());
    Map<UUID, List<RunEvent>> runEvents = new HashMap<>();
    log.all(RunEvent.class)
        .filter(it -> jobs.contains(it.jobId()))
        .forEach(it -> runEvents.computeIfAbsent(it.jobId(), _ -> new ArrayList<>()).add(it));
    return new Evidence(
        workload.schedules(),
        workload.changes(),
        workload.triggers(),
        workload.abandonments(),
        log.all(OccurrenceDecided.class)
            .filter(it -> ours.contains(it.jobTypeId().toString()))
            .toList(),
        queued,
        runEvents,
        log.all(JobAbandonRequested.class)
            .map(JobAbandonRequested::jobId)
            .collect(Collectors.toSet()),
        rows,
        watch.steppedBack(),
        watch.progressFell(),
        healed,
        ended);
  }

  /// The rows of a workload as the API gives them, page by page.
  static Map<UUID, Row> rowsOf(Workload workload, Api api) {
    Map<UUID, Row> rows = new LinkedHashMap<>();
    for (Schedule schedule : workload.schedules()) {
      long total = 1;
      for (int page = 0; page * 1000L < total; page++) {
        Answer answer =
            api.get(
                "/api/v1/jobs?take=1000&page=%d&configurationId=%s"
                    .formatted(page, schedule.configuration()));
        answer.elements().map(Row::of).forEach(row -> rows.put(row.id(), row));
        total = Long.parseLong(answer.total());
      }
    }
    return rows;
  }

  Set<UUID> jobs() {
    return queued.stream().map(JobEvent::jobId).collect(Collectors.toSet());
  }

  /// The jobs that somebody was told are triggered.
  Stream<UUID> triggered() {
    return triggers.stream().filter(Answer::isDone).map(Workload::jobOf);
  }

  List<RunEvent> eventsOf(UUID job) {
    return runEvents.getOrDefault(job, List.of());
  }

  /// Jobs of which one record made more than one run begin: a run more than was asked for.
  long runAgain() {
    return runEvents.values().stream()
        .filter(events ->
            events.stream()
                .filter(JobEvent.JobStarted.class::isInstance)
                .anyMatch(it -> (it.attempt() - 1) % JobEvent.ATTEMPTS_OF_A_RECORD > 0))
        .count();
  }
}

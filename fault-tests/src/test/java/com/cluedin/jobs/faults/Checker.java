package com.cluedin.jobs.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.cluedin.jobs.faults.Workload.Schedule;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// What must hold, by the evidence of a workload that is over. Each method is named for it and
/// gives what speaks against it, in words. What needs a running system is in {@link
/// StandingChecks}.
record Checker(Evidence evidence) {

  /// The lease, a look or a retry's delay, and 7 s: a dozen JVMs that just began share two cores.
  private static final Duration LONGEST_SILENCE = Stage.LEASE.plusSeconds(3).plusSeconds(7);

  /// All that was found.
  List<String> findings() {
    return Stream.of(
            named(0, thereIsEvidence()),
            named(1, everyOccurrenceIsDecidedOnceAndNoneEarly()),
            named(1, everyDecisionHasItsJobAndEveryJobItsDecision()),
            named(1, noAttemptIsQueuedTwice()),
            named(2, everyQueuedJobHasEnded()),
            named(3, runsOnlyGoForward()),
            named(4, theNewestRunAloneCounts()),
            named(8, nothingAnsweredIsLost()),
            named(9, occurrencesOnlyGoForward()),
            named(10, progressNeverFalls()),
            named(12, noJobIsStuckOnceHealed()),
            named(12, noJobWaitsOnceHealedWhereThereIsRoom()))
        .flatMap(List::stream)
        .toList();
  }

  static List<String> named(int invariant, List<String> findings) {
    return findings.stream().map(finding -> "(" + invariant + ") " + finding).toList();
  }

  /// Of nothing, everything holds.
  List<String> thereIsEvidence() {
    return evidence.queued().isEmpty() ? List.of("no job was queued") : List.of();
  }

  /// Invariant 1.
  List<String> everyOccurrenceIsDecidedOnceAndNoneEarly() {
    List<String> findings = new ArrayList<>();
    for (Schedule schedule : evidence.schedules()) {
      ScheduleHistory history =
          new ScheduleHistory(
              schedule.id(),
              evidence.changes().stream()
                  .filter(change -> change.jobType().equals(schedule.id()))
                  .toList(),
              decisionsOf(schedule),
              evidence.ended());
      findings.addAll(history.findings());
    }
    return findings;
  }

  /// Invariant 1.
  List<String> everyDecisionHasItsJobAndEveryJobItsDecision() {
    List<String> findings = new ArrayList<>();
    Map<UUID, JobQueued> first =
        evidence.queued().stream().collect(toMap(JobEvent::jobId, it -> it, (one, _) -> one));
    Set<UUID> decided = new HashSet<>();
    for (OccurrenceDecided decision : evidence.decisions()) {
      UUID job = decision.jobId();
      if (job != null) {
        decided.add(job);
        JobQueued queued = first.get(job);
        if (queued == null) {
          findings.add("job %s of %s was never queued".formatted(job, words(decision)));
        } else if (!decision.scheduledFor().equals(queued.scheduledFor())
            || !job.equals(JobIds.ofOccurrence(decision.jobTypeId(), decision.scheduledFor()))) {
          findings.add("job %s is not that of %s".formatted(job, words(decision)));
        }
      }
    }
    evidence.queued().stream()
        .filter(it -> it.scheduledFor() != null && !decided.contains(it.jobId()))
        .forEach(it ->
            findings.add(
                "job %s was queued for %s, which nobody decided"
                    .formatted(it.jobId(), it.scheduledFor())));
    return findings;
  }

  /// Invariant 1.
  List<String> noAttemptIsQueuedTwice() {
    return evidence.queued().stream()
        .collect(groupingBy(it -> JobIds.run(it.jobId(), it.attempt()), counting()))
        .entrySet()
        .stream()
        .filter(run -> run.getValue() > 1)
        .map(run -> "run %s was queued %d times".formatted(run.getKey(), run.getValue()))
        .toList();
  }

  /// Invariant 2.
  List<String> everyQueuedJobHasEnded() {
    return evidence.queued().stream()
        .map(JobEvent::jobId)
        .distinct()
        .filter(job -> !evidence.rows().containsKey(job) || !evidence.rows().get(job).isEnded())
        .map(job -> "job %s was queued and is %s".formatted(job, evidence.rows().get(job)))
        .toList();
  }

  /// Invariant 3, as a client saw it.
  List<String> runsOnlyGoForward() {
    return evidence.steppedBack();
  }

  /// Invariant 4, and 3 as the topics have it: what a client is shown is what the events of the
  /// highest attempt say, and nothing else.
  List<String> theNewestRunAloneCounts() {
    List<String> findings = new ArrayList<>();
    Map<UUID, Integer> queued =
        evidence.queued().stream().collect(toMap(JobEvent::jobId, JobQueued::attempt, Math::max));
    for (Row row : evidence.rows().values()) {
      List<RunEvent> events = evidence.eventsOf(row.id());
      int newest =
          Math.max(
              queued.getOrDefault(row.id(), 1),
              events.stream().mapToInt(RunEvent::attempt).max().orElse(1));
      List<RunEvent> counting = events.stream().filter(it -> it.attempt() == newest).toList();
      Row expected =
          new Row(
              row.id(),
              JobIds.run(row.id(), newest),
              RunWords.status(counting),
              RunWords.clues(counting));
      if (!expected.equals(row)) {
        findings.add("shown is %s, the events of run %d say %s".formatted(row, newest, expected));
      }
    }
    return findings;
  }

  /// Invariant 8.
  List<String> nothingAnsweredIsLost() {
    List<String> findings = new ArrayList<>();
    evidence
        .triggered()
        .filter(job -> !evidence.rows().containsKey(job))
        .forEach(job -> findings.add("job " + job + " was triggered with 200 and is not there"));
    evidence.abandonments().stream()
        .filter(Answer::isDone)
        .map(answer -> UUID.fromString(answer.json().get("Id").asString()))
        .filter(job ->
            !evidence.abandoned().contains(job)
                && (!evidence.rows().containsKey(job)
                    || !evidence.rows().get(job).status().equals("Cancelled")))
        .forEach(
            job -> findings.add("job " + job + " was abandoned with 200, and nobody was told"));
    return findings;
  }

  /// Invariant 9: the log of a schedule goes up.
  List<String> occurrencesOnlyGoForward() {
    List<String> findings = new ArrayList<>();
    for (Schedule schedule : evidence.schedules()) {
      List<OccurrenceDecided> decisions = decisionsOf(schedule);
      for (int i = 1; i < decisions.size(); i++) {
        if (!decisions.get(i).scheduledFor().isAfter(decisions.get(i - 1).scheduledFor())) {
          findings.add(
              "%s comes after %s".formatted(words(decisions.get(i)), words(decisions.get(i - 1))));
        }
      }
    }
    return findings;
  }

  /// Invariant 10.
  List<String> progressNeverFalls() {
    return evidence.progressFell();
  }

  /// Invariant 12: of a job that was begun something is heard again within its lease and the time
  /// until somebody looks.
  List<String> noJobIsStuckOnceHealed() {
    List<String> findings = new ArrayList<>();
    evidence
        .runEvents()
        .forEach((job, events) -> {
          List<Instant> times = events.stream().map(RunEvent::at).sorted().toList();
          for (int i = 1; i < times.size(); i++) {
            Instant from = later(times.get(i - 1), evidence.healed());
            if (Duration.between(from, times.get(i)).compareTo(LONGEST_SILENCE) > 0) {
              findings.add(
                  "nothing was heard of job %s from %s to %s".formatted(job, from, times.get(i)));
            }
          }
        });
    return findings;
  }

  /// Invariant 12: what was queued begins. It may wait while all places are taken.
  List<String> noJobWaitsOnceHealedWhereThereIsRoom() {
    List<Turn> turns =
        evidence.queued().stream()
            .flatMap(queued -> Turn.of(queued, evidence.eventsOf(queued.jobId())).stream())
            .toList();
    List<String> findings = new ArrayList<>();
    for (Turn turn : turns) {
      Instant from = later(turn.queued().at(), evidence.healed());
      if (Duration.between(from, turn.begun()).compareTo(LONGEST_SILENCE) > 0
          && turn.waitedInVain(from, turns).compareTo(LONGEST_SILENCE) > 0) {
        findings.add(
            "there was room, and job %s of %s did not begin before %s"
                .formatted(turn.queued().jobId(), from, turn.begun()));
      }
    }
    return findings;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// How many of the jobs that were acknowledged are not there.
  int lost() {
    return everyDecisionHasItsJobAndEveryJobItsDecision().size()
        + (int) evidence.triggered().filter(job -> !evidence.rows().containsKey(job)).count()
        + (int)
            evidence.queued().stream()
                .map(JobEvent::jobId)
                .distinct()
                .filter(job -> !evidence.rows().containsKey(job))
                .count();
  }

  /// How many jobs or decisions there are that there should not be.
  int doubled() {
    return noAttemptIsQueuedTwice().size() + occurrencesOnlyGoForward().size();
  }

  private List<OccurrenceDecided> decisionsOf(Schedule schedule) {
    return evidence.decisions().stream()
        .filter(decision -> decision.jobTypeId().toString().equals(schedule.id()))
        .toList();
  }

  static String words(OccurrenceDecided decision) {
    return "%s of %s (%s, decided %s)"
        .formatted(
            decision.scheduledFor(), decision.jobTypeId(), decision.decision(), decision.at());
  }
}

package com.cluedin.jobs.faults;

import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares the decisions about one schedule with the occurrences its crons give.
///
/// Where a request to change it may have been done or not, either is right. What was overdue when
/// it was changed is decided before.
///
/// @param changes in the order they were asked for; the first one set it
/// @param decisions in the order they were told
/// @param ended when no schedule was left and nothing was due
record ScheduleHistory(
    String jobType,
    List<ScheduleChange> changes,
    List<OccurrenceDecided> decisions,
    Instant ended) {

  List<String> findings() {
    List<String> findings = new ArrayList<>();
    for (OccurrenceDecided decision : decisions) {
      if (decision.at().isBefore(decision.scheduledFor())) {
        findings.add("early: " + Checker.words(decision));
      }
      if (possibleAt(decision.scheduledFor()).stream()
          .noneMatch(rhythm -> rhythm.occursAt(decision.scheduledFor()))) {
        findings.add(
            "no occurrence of %s: %s"
                .formatted(possibleAt(decision.scheduledFor()), Checker.words(decision)));
      }
      changes.stream()
          .filter(ScheduleChange::known)
          .filter(change -> decision.at().isAfter(change.until()))
          .filter(change -> decision.scheduledFor().isBefore(change.sent()))
          .forEach(change ->
              findings.add(
                  "%s is older than the change to %s of %s"
                      .formatted(Checker.words(decision), change.rhythm().cron(), change.sent())));
    }
    findings.addAll(undecided());
    return findings;
  }

  /// Occurrences that nobody decided, from when it is known to be set until all schedules ended.
  private List<String> undecided() {
    Set<Instant> decided =
        decisions.stream().map(OccurrenceDecided::scheduledFor).collect(Collectors.toSet());
    return Rhythm.secondsBetween(changes.getFirst().until(), ended)
        .filter(second -> possibleAt(second).stream().allMatch(rhythm -> rhythm.occursAt(second)))
        .filter(second -> !decided.contains(second))
        .map(second -> "%s of %s was not decided".formatted(second, jobType))
        .toList();
  }

  /// The rhythms the schedule may have had at an instant.
  private Set<Rhythm> possibleAt(Instant instant) {
    Set<Rhythm> possible = new HashSet<>();
    for (ScheduleChange change : changes) {
      if (instant.isBefore(change.sent())) {
        break;
      }
      if (change.known() && instant.isAfter(change.until())) {
        possible.clear();
      }
      possible.add(change.rhythm());
    }
    return possible;
  }
}

package com.cluedin.jobs.faults;

import com.cluedin.jobs.faults.Workload.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/// What must hold of a system that runs and has nothing to do.
record StandingChecks(Stage stage, Workload workload) {

  private static final List<String> STATES =
      Row.BY_RANK.stream().map(state -> state.toLowerCase(Locale.ROOT)).toList();

  List<String> findings() {
    return Stream.of(
            Checker.named(5, talliesAreWhatCountingGives()),
            Checker.named(5, countsEqualListsEqualRows()),
            Checker.named(11, organizationsSeeNothingOfEachOther()))
        .flatMap(List::stream)
        .toList();
  }

  /// Invariant 5, in one snapshot; holds at any time.
  List<String> talliesAreWhatCountingGives() {
    return new ReadModelRows(stage).falseTallies();
  }

  /// Invariant 5, as clients see it.
  List<String> countsEqualListsEqualRows() {
    List<String> findings = new ArrayList<>(listsThatAreNotAsLongAsCounted());
    Api tracker = stage.apiOf("tracker-1");
    for (UUID organization : organizations()) {
      findings.addAll(
          countedWrong(
              organization,
              tracker.of(organization).get("/jobs/counts").found(),
              new ReadModelRows(stage).jobsOf(organization)));
    }
    return findings;
  }

  /// @param rows how many there are of each rank
  static List<String> countedWrong(UUID organization, JsonNode counts, Map<Integer, Long> rows) {
    return IntStream.range(0, STATES.size())
        .filter(rank -> counts.get(STATES.get(rank)).asLong() != rows.getOrDefault(rank, 0L))
        .mapToObj(rank ->
            "%s of organization %s: counts %s, rows by rank %s"
                .formatted(STATES.get(rank), organization, counts, rows))
        .toList();
  }

  private List<String> listsThatAreNotAsLongAsCounted() {
    List<String> findings = new ArrayList<>();
    Api api = stage.api();
    JsonNode counts = api.get("/api/v1/jobstatecount").found();
    for (String state : STATES) {
      long total = 0;
      long length = 0;
      int page = 0;
      do {
        Answer answer = api.get("/api/v1/jobs?take=1000&page=%d&state=%s".formatted(page, state));
        total = Long.parseLong(answer.total());
        length += answer.elements().count();
        page++;
      } while (page * 1000L < total);
      long counted = counts.get(state).asLong();
      if (counted != total || total != length) {
        findings.add(
            "%s: counted %d, total %d, listed %d".formatted(state, counted, total, length));
      }
    }
    return findings;
  }

  /// Invariant 11, at the services behind the gateway, which take the organization from it.
  List<String> organizationsSeeNothingOfEachOther() {
    List<String> findings = new ArrayList<>();
    List<UUID> organizations = organizations();
    if (organizations.size() < 2) {
      return findings;
    }
    for (Schedule schedule : workload.schedules()) {
      UUID other =
          organizations.get(
              (organizations.indexOf(schedule.organization()) + 1) % organizations.size());
      findings.addAll(seenBy(other, schedule));
    }
    return findings;
  }

  private List<String> seenBy(UUID other, Schedule schedule) {
    Api tracker = stage.apiOf("tracker-1").of(other);
    Api scheduler = stage.apiOf("scheduler-1").of(other);
    List<Answer> wrong = new ArrayList<>();
    Answer jobs = tracker.get("/jobs?take=10&configurationId=" + schedule.configuration());
    if (!jobs.total().equals("0") || jobs.elements().findAny().isPresent()) {
      wrong.add(jobs);
    }
    Answer decisions = tracker.get("/decisions?jobType=" + Api.encoded(schedule.id()));
    if (decisions.status() != 404 && !decisions.text().equals("[]")) {
      wrong.add(decisions);
    }
    Answer listed = scheduler.get("/job-types");
    if (listed.status() != 200 || listed.text().contains(schedule.configuration().toString())) {
      wrong.add(listed);
    }
    Answer triggered =
        scheduler.json("POST", "/job-types/trigger", Map.of("ids", List.of(schedule.id())));
    if (triggered.status() != 404) {
      wrong.add(triggered);
    }
    wrong.addAll(runsSeenBy(tracker, schedule));
    return wrong.stream()
        .map(answer -> "organization %s, of %s: %s".formatted(other, schedule.id(), answer))
        .toList();
  }

  /// Runs of another organization's job have to look like those of no job at all.
  private List<Answer> runsSeenBy(Api other, Schedule schedule) {
    List<Answer> wrong = new ArrayList<>();
    String nobodys = Stage.uuid(new SplittableRandom(1)).toString();
    String unknown = other.get("/job-runs?id=" + nobodys).text().replace(nobodys, "");
    stage
        .apiOf("tracker-1")
        .get("/jobs?take=1&configurationId=" + schedule.configuration())
        .elements()
        .map(it -> it.get("Id").asString())
        .forEach(job -> {
          Answer foreign = other.get("/job-runs?id=" + job);
          if (foreign.status() != 404 || !foreign.text().replace(job, "").equals(unknown)) {
            wrong.add(foreign);
          }
        });
    return wrong;
  }

  /// Invariants 6 and 7: takes the read model away and compares it with the one made anew from the
  /// log.
  List<String> aReadModelMadeAnewIsTheSame() {
    ReadModelRows rows = new ReadModelRows(stage);
    List.of("tracker-1", "tracker-2").forEach(stage::kill);
    Map<String, String> before = rows.fingerprints();
    rows.execute("DROP SCHEMA tracker CASCADE");
    List.of("tracker-1", "tracker-2").forEach(stage::begin);
    List.of("tracker-1", "tracker-2").forEach(stage::awaitReady);
    try {
      Stage.await(
          "the read model to be made anew",
          Duration.ofSeconds(60),
          () -> rows.fingerprints().equals(before));
      return List.of();
    } catch (ConditionTimeoutException e) {
      return List.of("(7) made anew it has %s, it had %s".formatted(rows.fingerprints(), before));
    }
  }

  List<UUID> organizations() {
    return workload.schedules().stream().map(Schedule::organization).distinct().toList();
  }
}

package com.cluedin.jobs.faults;

import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// People and owners of integrations at work, as the seed has them: several organizations,
/// schedules that are due every few seconds and others that nobody but people run.
///
/// What it does next depends on the randomness alone, never on answers.
final class Workload {

  private static final int[] PERIODS = {2, 3, 4, 5, 6};
  private static final List<String> OVERLAPS = List.of("allow", "allow", "skip", "queue", "cancel");
  private static final int NEWEST = 12;

  /// A schedule of it.
  ///
  /// @param id its job type
  record Schedule(String id, UUID organization, UUID configuration, Rhythm first) {

    boolean fires() {
      return !first.equals(Rhythm.NEVER);
    }
  }

  private final Api api;
  private final SplittableRandom source;
  private SplittableRandom random;
  private final List<Schedule> schedules = new ArrayList<>();
  private List<Schedule> active = List.of();
  private final List<ScheduleChange> changes = new CopyOnWriteArrayList<>();
  private final List<Answer> triggers = new CopyOnWriteArrayList<>();
  private final List<Answer> abandonments = new CopyOnWriteArrayList<>();
  private final List<UUID> triggered = new CopyOnWriteArrayList<>();

  Workload(Api api, SplittableRandom source) {
    this.api = api;
    this.source = source;
    this.random = source.split();
  }

  List<Schedule> schedules() {
    return List.copyOf(schedules);
  }

  List<ScheduleChange> changes() {
    return List.copyOf(changes);
  }

  List<Answer> triggers() {
    return List.copyOf(triggers);
  }

  List<Answer> abandonments() {
    return List.copyOf(abandonments);
  }

  /// The jobs that were triggered and answered with 2xx.
  List<UUID> triggered() {
    return List.copyOf(triggered);
  }

  /// Three organizations, each with two schedules that fire and one that does not. People care for
  /// these from now on.
  void begin() {
    int before = schedules.size();
    for (int organization = 0; organization < 3; organization++) {
      UUID id = Stage.uuid(random);
      for (int i = 0; i < 2; i++) {
        Rhythm rhythm = Rhythm.every(PERIODS[random.nextInt(PERIODS.length)]);
        changePolicy(enable(id, rhythm, "default"), anyPolicy());
      }
      changePolicy(enable(id, Rhythm.NEVER, "default"), anyPolicy());
    }
    active = List.copyOf(schedules.subList(before, schedules.size()));
  }

  private Map<String, Object> anyPolicy() {
    return Map.of(
        "overlap", OVERLAPS.get(random.nextInt(OVERLAPS.size())), "retries", random.nextInt(3));
  }

  /// Enables an integration and waits until its job type is there. Its retries come soon, as a
  /// drain waits for them.
  Schedule enable(UUID organization, Rhythm rhythm, String queue) {
    JobTypeId jobType = new JobTypeId(Stage.uuid(random), organization, Stage.uuid(random));
    Answer answer = ask(jobType, rhythm, queue);
    if (!answer.isDone()) {
      throw new AssertionError(answer);
    }
    String id = answer.json().get("Id").asString();
    Stage.await(id + " to be listed", Duration.ofSeconds(30), () -> isListed(id));
    Schedule schedule = new Schedule(id, organization, jobType.configurationId(), rhythm);
    schedules.add(schedule);
    changes.add(new ScheduleChange(id, rhythm, true, answer.sent(), Instant.now()));
    changePolicy(schedule, Map.of("retries", 2, "retryDelay", "00:00:01"));
    return schedule;
  }

  /// As owners of integrations do that say all they have at each of their starts.
  Answer enableAgain(Schedule schedule) {
    return ask(JobTypeId.parse(schedule.id()), schedule.first(), "default");
  }

  private Answer ask(JobTypeId jobType, Rhythm rhythm, String queue) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("configurationId", jobType.configurationId().toString());
    body.put("organizationId", jobType.organizationId().toString());
    body.put("userId", jobType.providerId().toString());
    body.put("providerId", jobType.providerId().toString());
    body.put("name", "HubSpot");
    body.put("configurationName", "Tim Ward");
    body.put("cron", rhythm.cron());
    body.put("queue", queue);
    return api.json("POST", "/api/v1/integrations", body);
  }

  /// Goes on with other randomness. To be called after steps whose number depends on how long
  /// things take, so that what comes later does not.
  void turnPage() {
    random = source.split();
  }

  /// Does several of the things people do, each followed by a moment of nothing.
  void steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
      Pause.ofMillis(random.nextInt(20, 160));
    }
  }

  private void step() {
    Schedule any = active.get(random.nextInt(active.size()));
    int what = random.nextInt(100);
    int which = random.nextInt(NEWEST);
    int period = PERIODS[random.nextInt(PERIODS.length)];
    if (what < 58) {
      trigger(any);
    } else if (what < 72) {
      abandonNewest(which);
    } else if (what < 77) {
      pause(any);
    } else if (what < 84) {
      resume(any);
    } else if (what < 90) {
      if (any.fires()) {
        changeCron(any, Rhythm.every(period));
      }
    } else if (what < 95) {
      api.get("/api/v1/jobs?take=100&configurationId=" + any.configuration());
    } else {
      api.get("/api/v1/jobstatecount");
    }
  }

  Answer trigger(Schedule schedule) {
    Answer answer = api.form("/hangfire/recurring/trigger", "jobIds[]", schedule.id());
    triggers.add(answer);
    if (answer.isDone()) {
      triggered.add(jobOf(answer));
    }
    return answer;
  }

  static UUID jobOf(Answer trigger) {
    return UUID.fromString(trigger.json().at("/triggered/0/jobId").asString());
  }

  private void abandonNewest(int which) {
    if (!triggered.isEmpty()) {
      abandon(triggered.get(Math.max(0, triggered.size() - 1 - which)));
    }
  }

  /// Abandons a job in its first run.
  Answer abandon(UUID job) {
    Answer answer =
        api.json(
            "PATCH",
            "/api/v1/jobs/abandonwork",
            Map.of("jobRunId", JobIds.run(job, 1).toString(), "jobId", job.toString()));
    abandonments.add(answer);
    return answer;
  }

  private void pause(Schedule schedule) {
    api.json("POST", pathOf(schedule) + "/pause", Map.of("reason", "a fault is tried"));
  }

  Answer resume(Schedule schedule) {
    return api.json("POST", pathOf(schedule) + "/resume", Map.of());
  }

  Answer changeCron(Schedule schedule, Rhythm rhythm) {
    Answer answer =
        api.json(
            "PATCH",
            "/api/v1/hangfire/jobs/crawling",
            Map.of("id", schedule.id(), "cron", rhythm.cron()));
    return changed(schedule, rhythm, answer);
  }

  /// Changes the policy, and not when it is due.
  Answer changePolicy(Schedule schedule, Map<String, ?> policy) {
    return api.json("PATCH", pathOf(schedule), policy);
  }

  Answer remove(Schedule schedule) {
    Answer answer = api.form("/api/v1/hangfire/recurring/remove", "jobIds[]", schedule.id());
    return changed(schedule, Rhythm.NEVER, answer);
  }

  /// Lets everything fire again, waits until nothing is overdue, and ends all schedules.
  void end() {
    schedules.stream().filter(this::isPaused).forEach(this::resume);
    Stage.await("nothing to be overdue", Duration.ofSeconds(60), this::nothingIsOverdue);
    schedules.forEach(schedule ->
        Stage.await("a schedule to be removed", Duration.ofSeconds(60), () -> isGone(schedule)));
  }

  private boolean isGone(Schedule schedule) {
    Answer answer = remove(schedule);
    return answer.isDone() || answer.status() == 404;
  }

  private Answer changed(Schedule schedule, Rhythm rhythm, Answer answer) {
    if (answer.isDone() || answer.isUnknown()) {
      changes.add(ScheduleChange.of(schedule.id(), rhythm, answer));
    }
    return answer;
  }

  private boolean isPaused(Schedule schedule) {
    return api.get("/api/v1/job-types")
        .elements()
        .anyMatch(it -> isOf(schedule, it) && it.path("Paused").isObject());
  }

  private boolean nothingIsOverdue() {
    Instant now = Instant.now();
    Answer answer = api.get("/api/v1/job-types");
    return answer.status() == 200
        && answer
            .elements()
            .filter(it -> schedules.stream().anyMatch(schedule -> isOf(schedule, it)))
            .map(it -> it.path("NextExecution").asString(""))
            .allMatch(next -> next.isEmpty() || Instant.parse(next).isAfter(now.minusSeconds(2)));
  }

  private boolean isListed(String id) {
    Answer answer = api.get("/api/v1/hangfire/jobs/crawling");
    return answer.status() == 200
        && answer.elements().anyMatch(it -> it.get("Id").asString().equals(id));
  }

  private static boolean isOf(Schedule schedule, JsonNode detail) {
    return detail.get("Id").asString().equals(schedule.id());
  }

  static String pathOf(Schedule schedule) {
    return "/api/v1/job-types/" + Api.encoded(schedule.id());
  }
}

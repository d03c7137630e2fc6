package com.cluedin.jobs.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.model.JobTypeDetail;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.JobTypeView;
import com.cluedin.jobs.scheduler.cron.Cron;
import com.cluedin.jobs.scheduler.cron.CronSyntaxException;
import com.cluedin.jobs.service.Refusal;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Job types for the gateway. The organization is the caller's; without it all are seen.
@RestController
@RequestMapping("/job-types")
class JobTypeEndpoints {

  private static final String ORGANIZATION = "X-Organization-Id";
  private static final String USER = "X-User";
  private static final int LONGEST_REASON = 400;

  private final JobTypes jobTypes;
  private final JobTypeRequests requests;

  JobTypeEndpoints(JobTypes jobTypes, JobTypeRequests requests) {
    this.jobTypes = jobTypes;
    this.requests = requests;
  }

  @GetMapping
  Flux<JobTypeView> list(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization) {
    return jobTypes.list(organization).map(JobType::view);
  }

  @PatchMapping("/details")
  Mono<JobTypeDetail> change(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestBody JobTypeChange change) {
    change.requireSomething();
    return requests
        .change(required(change.id()), organization, change::applyTo)
        .map(JobType::detail);
  }

  @PostMapping("/pause")
  Mono<JobTypeDetail> pause(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestHeader(name = USER, required = false) @Nullable String user,
      @RequestBody PauseRequest request) {
    String reason = request.reason() == null ? "" : request.reason().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON || reason.indexOf(0) >= 0) {
      throw Refusal.badRequest("reason must be 1 to " + LONGEST_REASON + " characters.");
    }
    return requests
        .change(
            required(request.id()),
            organization,
            (jobType, now) -> jobType.paused(new Policy.Pause(reason, named(user), now)))
        .map(JobType::detail);
  }

  @PostMapping("/resume")
  Mono<JobTypeDetail> resume(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestBody ResumeRequest request) {
    return requests
        .change(required(request.id()), organization, (jobType, _) -> jobType.paused(null))
        .map(JobType::detail);
  }

  @PostMapping("/restore")
  Mono<JobTypeDetail> restore(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestBody RestoreRequest request) {
    return requests.restore(required(request.id()), organization).map(JobType::detail);
  }

  @PostMapping("/trigger")
  Mono<Triggers> trigger(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestHeader(name = USER, required = false) @Nullable String user,
      @RequestBody Ids ids) {
    return requests
        .trigger(ids.required(), organization, named(user))
        .map(answer ->
            new Triggers(
                answer.done().stream()
                    .map(fired -> new Triggered(fired.jobType().id(), fired.job().jobId()))
                    .toList(),
                answer.notFound()));
  }

  @PostMapping("/remove")
  Mono<Removals> remove(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestBody Ids ids) {
    return requests
        .remove(ids.required(), organization)
        .map(answer ->
            new Removals(answer.done().stream().map(JobType::id).toList(), answer.notFound()));
  }

  @PatchMapping
  Mono<JobTypeView> changeCron(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestBody CronChange change) {
    String id = required(change.id());
    Cron cron = cronOf(change.cron());
    return requests
        .change(id, organization, (jobType, now) -> jobType.with(cron.toString(), null, null, now))
        .map(JobType::view);
  }

  /// Header fields hold no more than ASCII, so the gateway encodes who asks.
  private static @Nullable String named(@Nullable String user) {
    return user == null ? null : URLDecoder.decode(user, UTF_8);
  }

  private static String required(@Nullable String id) {
    if (id == null || id.isBlank()) {
      throw Refusal.badRequest("id is missing: the id of the job type to change.");
    }
    return id.strip();
  }

  /// Reads a cron a person wrote.
  ///
  /// @throws Refusal 400 naming the field at fault, the text and what is allowed
  static Cron cronOf(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw Refusal.badRequest("cron is missing: 5 fields, 6 with seconds first, or a macro.");
    }
    try {
      return Cron.parse(text);
    } catch (CronSyntaxException e) {
      Map<String, Object> properties = new LinkedHashMap<>();
      properties.put("field", e.field() == null ? "expression" : e.field());
      properties.put("text", e.text());
      properties.put("allowed", e.allowed());
      throw Refusal.badRequest("Invalid cron: " + e.getMessage(), properties);
    }
  }

  record Ids(@Nullable List<String> ids) {
    List<String> required() {
      if (ids == null || ids.isEmpty()) {
        throw Refusal.badRequest("No job type is named: give at least one id.");
      }
      return ids;
    }
  }

  record PauseRequest(@Nullable String id, @Nullable String reason) {}

  record ResumeRequest(@Nullable String id) {}

  record RestoreRequest(@Nullable String id) {}

  record CronChange(@Nullable String id, @Nullable String cron) {}

  record Triggered(JobTypeId id, UUID jobId) {}

  record Triggers(List<Triggered> triggered, List<String> notFound) {}

  record Removals(List<JobTypeId> removed, List<String> notFound) {}
}

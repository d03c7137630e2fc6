package com.cluedin.jobs.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.model.JobAlarmView;
import com.cluedin.jobs.model.JobDetail;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobStateCount;
import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Page;
import com.cluedin.jobs.service.Refusal;
import java.net.URLDecoder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Jobs for the gateway. The organization is the caller's; without it all are seen.
@RestController
class JobEndpoints {

  private static final String ORGANIZATION = "X-Organization-Id";
  private static final String USER = "X-User";

  private final Jobs jobs;
  private final JobDetails details;
  private final Alarms alarms;
  private final Abandonments abandonments;

  JobEndpoints(Jobs jobs, JobDetails details, Alarms alarms, Abandonments abandonments) {
    this.jobs = jobs;
    this.details = details;
    this.alarms = alarms;
    this.abandonments = abandonments;
  }

  @GetMapping("/jobs")
  Mono<ResponseEntity<List<JobView>>> list(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String page,
      @RequestParam(required = false) @Nullable String take,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String configurationId) {
    return jobs.list(JobFilter.of(organization, state, configurationId), Page.of(page, take))
        .map(part ->
            ResponseEntity.ok()
                .header("X-Total-Count", String.valueOf(part.total()))
                .body(part.jobs()));
  }

  @GetMapping("/jobs/counts")
  Mono<JobStateCount> count(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization) {
    return jobs.count(organization);
  }

  @GetMapping("/jobs/alarms")
  Mono<ResponseEntity<List<JobAlarmView>>> alarms(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String page,
      @RequestParam(required = false) @Nullable String take,
      @RequestParam(required = false) @Nullable Boolean open) {
    return alarms
        .list(organization, Boolean.TRUE.equals(open), Page.of(page, take))
        .map(part ->
            ResponseEntity.ok()
                .header("X-Total-Count", String.valueOf(part.total()))
                .body(part.alarms()));
  }

  /// All that is known of a job, named by itself or by one of its runs.
  @GetMapping("/jobs/detail")
  Mono<JobDetail> detail(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String id) {
    return details
        .find(JobIds.jobOf(Guid.of("id", id)), organization)
        .switchIfEmpty(Mono.error(() -> Refusal.notFound("No job or run " + id + ".")));
  }

  /// The runs of a job, oldest first, named by the job or by one of its runs.
  @GetMapping("/job-runs")
  Flux<JobRunView> runs(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String id) {
    return jobs.find(JobIds.jobOf(Guid.of("id", id)), organization)
        .switchIfEmpty(Mono.error(() -> Refusal.notFound("No job or run " + id + ".")))
        .flatMapMany(job -> jobs.runs(job).flatMapIterable(runs -> runs));
  }

  @PatchMapping("/jobs/abandonment")
  Mono<JobView> abandon(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestHeader(name = USER, required = false) @Nullable String user,
      @RequestBody Abandonment abandonment) {
    return abandonments
        .abandon(
            Guid.of("jobId", abandonment.jobId()),
            Guid.of("jobRunId", abandonment.jobRunId()),
            organization,
            named(user))
        .map(Job::view);
  }

  /// Header fields hold no more than ASCII, so the gateway encodes who asks.
  private static @Nullable String named(@Nullable String user) {
    return user == null ? null : URLDecoder.decode(user, UTF_8);
  }

  record Abandonment(@Nullable String jobRunId, @Nullable String jobId) {}
}

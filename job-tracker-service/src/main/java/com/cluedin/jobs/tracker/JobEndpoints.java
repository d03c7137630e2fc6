package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobStateCount;
import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Refusal;
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

  private final Jobs jobs;
  private final Abandonments abandonments;

  JobEndpoints(Jobs jobs, Abandonments abandonments) {
    this.jobs = jobs;
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

  /// The runs of a job, oldest first, named by the job or by one of its runs.
  @GetMapping("/job-runs")
  Flux<JobRunView> runs(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String id) {
    return jobs.find(JobIds.jobOf(Guid.of("id", id)), organization)
        .switchIfEmpty(Mono.error(() -> Refusal.notFound("No job or run " + id + ".")))
        .flatMapMany(job -> jobs.earlierRuns(job.id()).concatWithValues(job.newestRunView()));
  }

  @PatchMapping("/jobs/abandonment")
  Mono<JobView> abandon(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestBody Abandonment abandonment) {
    return abandonments
        .abandon(
            Guid.of("jobId", abandonment.jobId()),
            Guid.of("jobRunId", abandonment.jobRunId()),
            organization)
        .map(Job::view);
  }

  record Abandonment(@Nullable String jobRunId, @Nullable String jobId) {}
}

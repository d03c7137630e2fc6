package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.ConfigurationView;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.JobTypeRuns;
import com.cluedin.jobs.service.Page;
import com.cluedin.jobs.service.Refusal;
import com.cluedin.jobs.service.WholeNumber;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// What is known of job types for the gateway. The organization is the caller's.
@RestController
class JobTypeEndpoints {

  private static final String ORGANIZATION = "X-Organization-Id";
  private static final int MOST_JOB_TYPES = 100;
  private static final int USUAL_CONFIGURATIONS = 100;

  private final JobTypeSearch jobTypes;
  private final RecentRuns recentRuns;

  JobTypeEndpoints(JobTypeSearch jobTypes, RecentRuns recentRuns) {
    this.jobTypes = jobTypes;
    this.recentRuns = recentRuns;
  }

  @GetMapping("/job-types/runs")
  Mono<List<JobTypeRuns>> runs(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable List<String> id) {
    List<String> ids = id == null ? List.of() : id.stream().distinct().toList();
    if (ids.isEmpty() || ids.size() > MOST_JOB_TYPES) {
      throw Refusal.badRequest(
          "id must name 1 to %d job types, not %d".formatted(MOST_JOB_TYPES, ids.size()));
    }
    return recentRuns.of(
        ids.stream().map(text -> jobTypeIdOf("id", text)).distinct().toList(), organization);
  }

  @GetMapping("/configurations")
  Flux<ConfigurationView> configurations(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable String take) {
    return jobTypes.configurations(
        organization,
        Text.asked("search", search),
        WholeNumber.of("take", take, USUAL_CONFIGURATIONS, 1, Page.MOST));
  }

  @GetMapping("/connectors")
  Mono<List<String>> connectors(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization) {
    return jobTypes.connectors(organization);
  }

  /// @throws Refusal 400 naming the parameter
  static JobTypeId jobTypeIdOf(String parameter, String text) {
    try {
      return JobTypeId.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(
          "%s must be configuration|organization|provider, three Guids, not \"%s\""
              .formatted(parameter, text));
    }
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.JobTypeDetail;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.service.Page;
import com.cluedin.jobs.service.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Job types in full for the gateway. The organization is the caller's.
@RestController
class JobTypeDetailEndpoints {

  private static final String ORGANIZATION = "X-Organization-Id";

  private final JobTypeList jobTypes;

  JobTypeDetailEndpoints(JobTypeList jobTypes) {
    this.jobTypes = jobTypes;
  }

  /// A page of the list where page or take is given; else the whole list.
  @GetMapping("/job-types/details")
  Mono<ResponseEntity<List<JobTypeDetail>>> list(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String page,
      @RequestParam(required = false) @Nullable String take,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable String connector,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String sort) {
    JobTypeQuery query = JobTypeQuery.of(organization, search, connector, state, sort);
    if (page == null && take == null) {
      return jobTypes.all(query).map(JobType::detail).collectList().map(ResponseEntity::ok);
    }
    return jobTypes
        .page(query.sorted(), Page.of(page, take))
        .map(part ->
            ResponseEntity.ok()
                .header("X-Total-Count", String.valueOf(part.total()))
                .body(part.jobTypes().stream().map(JobType::detail).toList()));
  }

  @GetMapping("/job-types/detail")
  Mono<JobTypeDetail> find(
      @RequestHeader(name = ORGANIZATION, required = false) @Nullable UUID organization,
      @RequestParam String id) {
    return Mono.justOrEmpty(idOf(id))
        .flatMap(jobType -> jobTypes.find(jobType, organization))
        .map(JobType::detail)
        .switchIfEmpty(Mono.error(() -> Refusal.notFound("No such job type: " + id)));
  }

  /// Text that is no id names nothing.
  static @Nullable JobTypeId idOf(String text) {
    try {
      return JobTypeId.parse(text.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

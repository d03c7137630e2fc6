package com.cluedin.jobs.gateway;

import com.cluedin.jobs.model.JobTypeDetail;
import com.cluedin.jobs.model.JobTypeRuns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Job types in full: a list to look through, one of them, and how their newest jobs went.
@RestController
@RequestMapping("/api/v1/job-types")
@Tag(name = "Job types")
class JobTypeDetailCalls {

  private final Upstream scheduler;
  private final Upstream tracker;

  JobTypeDetailCalls(
      @Qualifier("scheduler") Upstream scheduler, @Qualifier("tracker") Upstream tracker) {
    this.scheduler = scheduler;
    this.tracker = tracker;
  }

  @GetMapping
  @Operation(
      summary = "Job types with their policies",
      description =
          "All of them, the oldest first, where neither page nor take is given; else a page of"
              + " those in order of sort. "
              + Examples.PAGES)
  @Paged
  @Parameter(
      name = "search",
      in = ParameterIn.QUERY,
      description = "contained in Name or ConfigurationName, in any case")
  @Parameter(name = "connector", in = ParameterIn.QUERY, description = "the whole Name")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      description = "absent or empty: all that are not removed",
      schema = @Schema(allowableValues = {"active", "paused", "removed"}))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description =
          "name, configuration, schedule, last or next, with - in front for descending; what has"
              + " no value comes last",
      schema = @Schema(type = "string", defaultValue = "name"))
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(array = @ArraySchema(schema = @Schema(implementation = JobTypeDetail.class))))
  @Refuses(400)
  Mono<ResponseEntity<byte[]>> list(ServerWebExchange exchange) {
    MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
    return scheduler
        .ask(
            exchange,
            Call.get(
                "/job-types/details",
                query,
                "page",
                "take",
                "search",
                "connector",
                "state",
                "sort"))
        .map(list -> PageLinks.added(list, exchange.getRequest()));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One job type with its policies, a removed one too")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JobTypeDetail.class)))
  @Refuses(404)
  Mono<ResponseEntity<byte[]>> find(
      @Parameter(example = Examples.JOB_TYPE_ID) @PathVariable String id,
      ServerWebExchange exchange) {
    MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
    query.add("id", JobTypeNames.plain(id));
    return scheduler.ask(exchange, Call.get("/job-types/detail", query, "id"));
  }

  @GetMapping("/runs")
  @Operation(
      summary = "How the newest 30 jobs of job types went, oldest first",
      description = "Of a job type that is not known there are none.")
  @Parameter(
      name = "id",
      in = ParameterIn.QUERY,
      required = true,
      description = "a job type's Id, once for each; 1 to 100",
      array = @ArraySchema(schema = @Schema(type = "string")),
      example = Examples.JOB_TYPE_ID)
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(array = @ArraySchema(schema = @Schema(implementation = JobTypeRuns.class))))
  @Refuses(400)
  Mono<ResponseEntity<byte[]>> runs(ServerWebExchange exchange) {
    MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
    exchange.getRequest().getQueryParams().getOrDefault("id", List.of()).stream()
        .map(id -> id == null ? "" : JobTypeNames.plain(id))
        .forEach(id -> query.add("id", id));
    return tracker.ask(exchange, Call.get("/job-types/runs", query, "id"));
  }
}

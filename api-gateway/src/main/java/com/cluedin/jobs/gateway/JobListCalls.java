package com.cluedin.jobs.gateway;

import com.cluedin.jobs.model.JobAlarmView;
import com.cluedin.jobs.model.JobView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Lists of jobs and of alarms, in pages.
@RestController
@Tag(name = "Jobs")
class JobListCalls {

  private static final String[] JOBS = {
    "page",
    "take",
    "state",
    "configurationId",
    "search",
    "connector",
    "configuration",
    "jobTypeId",
    "from",
    "to",
    "sort"
  };

  private final Upstream tracker;

  JobListCalls(@Qualifier("tracker") Upstream tracker) {
    this.tracker = tracker;
  }

  @GetMapping("/api/v1/jobs")
  @Operation(summary = "Jobs, the newest first", description = Examples.PAGES)
  @Paged
  @Chosen
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      description = "in any case; absent, empty or null: all",
      schema =
          @Schema(allowableValues = {"Queued", "Executing", "Completed", "Failed", "Cancelled"}))
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              array = @ArraySchema(schema = @Schema(implementation = JobView.class)),
              examples = @ExampleObject(Examples.JOBS)))
  @Refuses(400)
  Mono<ResponseEntity<byte[]>> list(ServerWebExchange exchange) {
    return jobs(exchange, new LinkedMultiValueMap<>(exchange.getRequest().getQueryParams()));
  }

  @GetMapping("/api/v1/jobs/executing")
  @Operation(
      summary = "Jobs that are running now, the newest first",
      description = Examples.PAGES + " Those being cancelled are among them.")
  @Paged
  @Chosen
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              array = @ArraySchema(schema = @Schema(implementation = JobView.class)),
              examples = @ExampleObject(Examples.JOBS)))
  @Refuses(400)
  Mono<ResponseEntity<byte[]>> executing(ServerWebExchange exchange) {
    MultiValueMap<String, String> query =
        new LinkedMultiValueMap<>(exchange.getRequest().getQueryParams());
    query.set("state", "Executing");
    return jobs(exchange, query);
  }

  @GetMapping("/api/v1/jobs/alarms")
  @Operation(
      summary = "Jobs that took longer than their alarms allow, the newest alarm first",
      description = Examples.PAGES + " The list is that of the newest 10,000.")
  @Paged
  @Parameter(
      name = "open",
      in = ParameterIn.QUERY,
      description = "true: only jobs that are not finished",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(array = @ArraySchema(schema = @Schema(implementation = JobAlarmView.class))))
  @Refuses(400)
  Mono<ResponseEntity<byte[]>> alarms(ServerWebExchange exchange) {
    MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
    return page(exchange, Call.get("/jobs/alarms", query, "page", "take", "open"));
  }

  private Mono<ResponseEntity<byte[]>> jobs(
      ServerWebExchange exchange, MultiValueMap<String, String> query) {
    query.computeIfPresent("jobTypeId", (_, ids) -> JobTypeNames.plain(ids));
    return page(exchange, Call.get("/jobs", query, JOBS));
  }

  private Mono<ResponseEntity<byte[]>> page(ServerWebExchange exchange, Call call) {
    return tracker.ask(exchange, call).map(list -> PageLinks.added(list, exchange.getRequest()));
  }
}

package com.cluedin.jobs.gateway;

import static org.springframework.http.MediaType.APPLICATION_FORM_URLENCODED_VALUE;
import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import com.cluedin.jobs.model.JobTypeView;
import com.cluedin.jobs.service.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Job types: the list, run now, remove, change the cron, and what a cron means.
@RestController
@Tag(name = "Job types")
class JobTypeCalls {

  private final Upstream scheduler;
  private final JsonMapper json;

  JobTypeCalls(@Qualifier("scheduler") Upstream scheduler, JsonMapper json) {
    this.scheduler = scheduler;
    this.json = json;
  }

  @GetMapping("/api/v1/hangfire/jobs/crawling")
  @Operation(summary = "All job types")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              array = @ArraySchema(schema = @Schema(implementation = JobTypeView.class)),
              examples = @ExampleObject(Examples.JOB_TYPES)))
  Mono<ResponseEntity<byte[]>> list(ServerWebExchange exchange) {
    return scheduler.ask(exchange, Call.get("/job-types"));
  }

  @PostMapping({"/hangfire/recurring/trigger", "/api/v1/hangfire/recurring/trigger"})
  @Operation(summary = "Queue a job of each job type now", description = Examples.FORM)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content =
          @Content(
              mediaType = APPLICATION_FORM_URLENCODED_VALUE,
              schema = @Schema(implementation = JobTypeForm.class)))
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Triggers.class)))
  @Refuses({400, 404, 409, 413, 415})
  Mono<ResponseEntity<byte[]>> trigger(ServerWebExchange exchange) {
    return JobTypeNames.in(exchange)
        .flatMap(
            ids -> change(exchange, HttpMethod.POST, "/job-types/trigger", Map.of("ids", ids)));
  }

  @PostMapping({"/hangfire/recurring/remove", "/api/v1/hangfire/recurring/remove"})
  @Operation(
      summary = "End the schedule of each job type",
      description =
          Examples.FORM
              + " Jobs already queued or running go on, those that wait for others are cancelled.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content =
          @Content(
              mediaType = APPLICATION_FORM_URLENCODED_VALUE,
              schema = @Schema(implementation = JobTypeForm.class)))
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Removals.class)))
  @Refuses({400, 404, 409, 413, 415})
  Mono<ResponseEntity<byte[]>> remove(ServerWebExchange exchange) {
    return JobTypeNames.in(exchange)
        .flatMap(ids -> change(exchange, HttpMethod.POST, "/job-types/remove", Map.of("ids", ids)));
  }

  @PatchMapping(path = "/api/v1/hangfire/jobs/crawling", consumes = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Change the cron of a job type",
      description = "Property names are read in any case. NextExecution is counted from now.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JobTypeView.class)))
  @Refuses({400, 404, 409, 413, 415})
  Mono<ResponseEntity<byte[]>> changeCron(
      @RequestBody(required = false) @Nullable CronChange change, ServerWebExchange exchange) {
    if (change == null) {
      throw Refusal.badRequest("The body is missing: {\"id\": \"…\", \"cron\": \"47 0/4 * * *\"}");
    }
    return change(exchange, HttpMethod.PATCH, "/job-types", change.plain());
  }

  @GetMapping("/api/v1/cron/preview")
  @Operation(summary = "What a cron means: in words, and when it is due next")
  @Parameter(name = "cron", in = ParameterIn.QUERY, required = true, example = "47 0/4 * * *")
  @Parameter(name = "timeZone", in = ParameterIn.QUERY, example = "Europe/Copenhagen")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "occurrences after this; absent: now",
      schema = @Schema(type = "string", format = "date-time"))
  @Parameter(
      name = "count",
      in = ParameterIn.QUERY,
      schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "5"))
  @Parameter(
      name = "jobTypeId",
      in = ParameterIn.QUERY,
      description = "a job type that does not count in sharedBy",
      example = Examples.JOB_TYPE_ID)
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CronPreview.class)))
  @Refuses(400)
  Mono<ResponseEntity<byte[]>> preview(ServerWebExchange exchange) {
    MultiValueMap<String, String> query =
        new LinkedMultiValueMap<>(exchange.getRequest().getQueryParams());
    query.computeIfPresent("jobTypeId", (_, ids) -> JobTypeNames.plain(ids));
    return scheduler.ask(
        exchange,
        Call.get("/cron/preview", query, "cron", "timeZone", "from", "count", "jobTypeId"));
  }

  private Mono<ResponseEntity<byte[]>> change(
      ServerWebExchange exchange, HttpMethod method, String path, Object body) {
    return scheduler.ask(exchange, new Call(method, path, json.writeValueAsString(body)));
  }

  /// @param id a job type's Id, or its configuration where that has a single one
  /// @param cron 5 fields, 6 with seconds first, or a macro
  record CronChange(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = Examples.JOB_TYPE_ID)
          @Nullable String id,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "47 0/4 * * *")
          @Nullable String cron) {

    CronChange plain() {
      return new CronChange(id == null ? null : JobTypeNames.plain(id), cron);
    }
  }

  // What follows describes bodies that are made elsewhere; only the description reads it.

  record JobTypeForm(
      @Schema(name = "jobIds[]", example = Examples.JOB_TYPE_ID) List<String> jobIds) {}

  record Triggers(List<Triggered> triggered, List<String> notFound) {}

  record Triggered(
      @Schema(example = Examples.JOB_TYPE_ID) String id, @Schema(format = "uuid") String jobId) {}

  record Removals(
      @Schema(example = Examples.JOB_TYPE_ID) List<String> removed, List<String> notFound) {}

  record CronPreview(
      String cron,
      String timeZone,
      String description,
      List<Occurrence> occurrences,
      @Schema(
              description =
                  "how many other active job types are due next in the minute of the first of these;"
                      + " null: it cannot be counted now")
          @Nullable Long sharedBy) {}

  record Occurrence(
      @Schema(format = "date-time", example = "2026-03-29T01:30:00Z") String utc,
      @Schema(format = "date-time", example = "2026-03-29T03:30:00+02:00") String local,
      @Nullable String note) {}
}

package com.cluedin.jobs.gateway;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import com.cluedin.jobs.model.DecisionView;
import com.cluedin.jobs.model.JobTypeDetail;
import com.cluedin.jobs.service.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is done with schedules: policies, pause and resume, restore; and what became of each
/// occurrence.
@RestController
@RequestMapping("/api/v1/job-types")
@Tag(name = "Job types")
class ScheduleCalls {

  private final Upstream scheduler;
  private final Upstream tracker;
  private final JsonMapper json;

  ScheduleCalls(
      @Qualifier("scheduler") Upstream scheduler,
      @Qualifier("tracker") Upstream tracker,
      JsonMapper json) {
    this.scheduler = scheduler;
    this.tracker = tracker;
    this.json = json;
  }

  @PatchMapping(path = "/{id}", consumes = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Change the cron, the time zone or the policies of a job type",
      description =
          "What is not given stays as it is. Property names are read in any case. Occurrences that"
              + " are due already are decided first; where cron, time zone or spread change,"
              + " NextExecution is counted from now.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JobTypeDetail.class)))
  @Refuses({400, 404, 409, 413, 415})
  Mono<ResponseEntity<byte[]>> change(
      @Parameter(example = Examples.JOB_TYPE_ID) @PathVariable String id,
      @RequestBody(required = false) @Nullable Change change,
      ServerWebExchange exchange) {
    if (change == null) {
      throw Refusal.badRequest("The body is missing: {\"missedOccurrences\": \"once\"}");
    }
    return ask(exchange, HttpMethod.PATCH, "/job-types/details", id, change);
  }

  @PostMapping(path = "/{id}/pause", consumes = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Pause the schedule of a job type",
      description =
          "What is due is passed over and told as skipped-paused. Jobs queued or running go on,"
              + " those that wait for others wait on, and people may still run it now.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JobTypeDetail.class)))
  @Refuses({400, 404, 409, 413, 415})
  Mono<ResponseEntity<byte[]>> pause(
      @Parameter(example = Examples.JOB_TYPE_ID) @PathVariable String id,
      @RequestBody(required = false) @Nullable PauseReason reason,
      ServerWebExchange exchange) {
    PauseReason given = reason == null ? new PauseReason(null) : reason;
    return ask(exchange, HttpMethod.POST, "/job-types/pause", id, given);
  }

  @PostMapping("/{id}/resume")
  @Operation(summary = "Resume the schedule of a job type")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JobTypeDetail.class)))
  @Refuses({400, 404, 409})
  Mono<ResponseEntity<byte[]>> resume(
      @Parameter(example = Examples.JOB_TYPE_ID) @PathVariable String id,
      ServerWebExchange exchange) {
    return ask(exchange, HttpMethod.POST, "/job-types/resume", id, Map.of());
  }

  @PostMapping("/{id}/restore")
  @Operation(
      summary = "Bring a removed job type back as it was",
      description =
          "With its cron, time zone, policies and history; NextExecution is counted from now. One"
              + " that is not removed stays as it is.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JobTypeDetail.class)))
  @Refuses({400, 404, 409})
  Mono<ResponseEntity<byte[]>> restore(
      @Parameter(example = Examples.JOB_TYPE_ID) @PathVariable String id,
      ServerWebExchange exchange) {
    return ask(exchange, HttpMethod.POST, "/job-types/restore", id, Map.of());
  }

  @GetMapping("/{id}/decisions")
  @Operation(
      summary = "What became of each occurrence, the newest first",
      description = "Why did it not run? Every occurrence that was due has exactly one line.")
  @Parameter(
      name = "before",
      in = ParameterIn.QUERY,
      description = "occurrences before this; absent: all",
      schema = @Schema(type = "string", format = "date-time"))
  @Parameter(
      name = "take",
      in = ParameterIn.QUERY,
      schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(array = @ArraySchema(schema = @Schema(implementation = DecisionView.class))))
  @Refuses({400, 404})
  Mono<ResponseEntity<byte[]>> decisions(
      @Parameter(example = Examples.JOB_TYPE_ID) @PathVariable String id,
      ServerWebExchange exchange) {
    MultiValueMap<String, String> query =
        new LinkedMultiValueMap<>(exchange.getRequest().getQueryParams());
    query.set("jobType", JobTypeNames.plain(id));
    return tracker.ask(exchange, Call.get("/decisions", query, "jobType", "before", "take"));
  }

  /// Asks for something about one job type.
  private Mono<ResponseEntity<byte[]>> ask(
      ServerWebExchange exchange, HttpMethod method, String path, String id, Object more) {
    ObjectNode body = json.createObjectNode().put("id", JobTypeNames.plain(id));
    body.setAll((ObjectNode) json.valueToTree(more));
    return scheduler.ask(exchange, new Call(method, path, body.toString()));
  }

  /// Lengths of time are `[d.]hh:mm:ss`.
  ///
  /// @param missedOccurrences what is done about missed occurrences
  /// @param catchUp how long an occurrence may be overdue to be caught up
  /// @param overlap what is done about an occurrence while an earlier job is not finished
  /// @param spread within which its occurrences are delayed
  /// @param retries how often a job whose run failed is queued again, 0 to 100
  /// @param retryDelay how long before the first retry, a second to an hour; it doubles with each,
  ///   up to an hour
  /// @param longestRun how long one run may take; `00:00:00`: as long as it likes
  /// @param alarm how long a job may take from being queued to its end; `00:00:00`: no alarm
  record Change(
      @Schema(example = "47 0/4 * * *") @Nullable String cron,
      @Schema(example = "Europe/Copenhagen") @Nullable String timeZone,
      @Schema(allowableValues = {"once", "all", "none"}) @Nullable String missedOccurrences,
      @Schema(example = "1.00:00:00") @Nullable String catchUp,
      @Schema(allowableValues = {"skip", "queue", "allow", "cancel"}) @Nullable String overlap,
      @Schema(example = "00:05:00") @Nullable String spread,
      @Schema(minimum = "0", maximum = "100", example = "3") @Nullable Integer retries,
      @Schema(example = "00:00:30") @Nullable String retryDelay,
      @Schema(example = "02:00:00") @Nullable String longestRun,
      @Schema(example = "04:00:00") @Nullable String alarm) {}

  record PauseReason(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "the source is moving")
          @Nullable String reason) {}
}

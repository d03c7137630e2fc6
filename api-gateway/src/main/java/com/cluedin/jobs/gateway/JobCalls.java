package com.cluedin.jobs.gateway;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import com.cluedin.jobs.model.JobDetail;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.JobStateCount;
import com.cluedin.jobs.model.JobView;
import com.cluedin.jobs.service.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Jobs: counts, one in full, abandonment.
@RestController
@Tag(name = "Jobs")
class JobCalls {

  private final Upstream tracker;
  private final JsonMapper json;

  JobCalls(@Qualifier("tracker") Upstream tracker, JsonMapper json) {
    this.tracker = tracker;
    this.json = json;
  }

  /// Not for the word that is another call's path: what else that one may be asked is told there.
  @GetMapping("/api/v1/jobs/{id:(?!abandonwork$).+}")
  @Operation(
      summary = "All there is to know of a job",
      description =
          "Its runs, its path from state to state, what was told of it and whether that counted,"
              + " and how far a wish to stop it has come.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JobDetail.class)))
  @Refuses({400, 404})
  Mono<ResponseEntity<byte[]>> detail(
      @Parameter(
              description = "a job's Id, or the id of one of its runs",
              schema = @Schema(type = "string", format = "uuid"))
          @PathVariable
          String id,
      ServerWebExchange exchange) {
    return tracker.ask(exchange, Call.get("/jobs/detail?id=" + guidOf(id)));
  }

  @GetMapping("/api/v1/jobstatecount")
  @Operation(summary = "How many jobs are in each state")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = JobStateCount.class),
              examples = @ExampleObject(Examples.COUNTS)))
  Mono<ResponseEntity<byte[]>> counts(ServerWebExchange exchange) {
    return tracker.ask(exchange, Call.get("/jobs/counts"));
  }

  @GetMapping("/api/v1/jobrun")
  @Operation(summary = "The runs of a job")
  @ApiResponse(
      responseCode = "200",
      content = @Content(array = @ArraySchema(schema = @Schema(implementation = JobRunView.class))))
  @Refuses({400, 404})
  Mono<ResponseEntity<byte[]>> runs(
      @Parameter(
              description = "a job's Id, or the id of one of its runs",
              required = true,
              schema = @Schema(type = "string", format = "uuid"))
          @RequestParam(required = false)
          @Nullable String id,
      ServerWebExchange exchange) {
    return tracker.ask(exchange, Call.get("/job-runs?id=" + guidOf(id)));
  }

  @PatchMapping(path = "/api/v1/jobs/abandonwork", consumes = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Stop a job",
      description =
          "A queued job is cancelled at once; one that is running shows Cancelling until its agent"
              + " confirms. Property names are read in any case.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @Refuses({400, 404, 409, 413, 415})
  Mono<ResponseEntity<byte[]>> abandon(
      @RequestBody(required = false) @Nullable Abandonment abandonment,
      ServerWebExchange exchange) {
    if (abandonment == null) {
      throw Refusal.badRequest("The body is missing: {\"jobRunId\": \"…\", \"jobId\": \"…\"}");
    }
    return tracker.ask(
        exchange,
        new Call(HttpMethod.PATCH, "/jobs/abandonment", json.writeValueAsString(abandonment)));
  }

  private static UUID guidOf(@Nullable String id) {
    UUID guid = Guid.parse(id);
    if (guid == null) {
      throw Refusal.badRequest("id must be the Guid of a job or of a run, " + Guid.not(id));
    }
    return guid;
  }

  record Abandonment(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "uuid")
          @Nullable String jobRunId,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "uuid")
          @Nullable String jobId) {}
}

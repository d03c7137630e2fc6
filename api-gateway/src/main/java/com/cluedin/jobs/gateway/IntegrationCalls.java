package com.cluedin.jobs.gateway;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.service.Refusal;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Integrations: what is asked of them becomes an event, once everything about it is checked.
@RestController
@Tag(name = "Integrations")
class IntegrationCalls {

  private static final String ANY_CRON = "@daily";

  private final Upstream scheduler;
  private final IntegrationEvents events;
  private final Clock clock;

  IntegrationCalls(
      @Qualifier("scheduler") Upstream scheduler, IntegrationEvents events, Clock clock) {
    this.scheduler = scheduler;
    this.events = events;
    this.clock = clock;
  }

  @PostMapping(path = "/api/v1/integrations", consumes = APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Enable an integration: its job type gets a schedule, or gets it back as it was",
      description =
          "Cron and time zone count when its job type is first seen; afterwards the schedule is"
              + " people's. Without a cron: every 4 hours from now. Property names are read in any"
              + " case.")
  @ApiResponse(
      responseCode = "202",
      description = "Accepted for good; its job type is in the list within a second or so.",
      content = @Content(schema = @Schema(implementation = Enabled.class)))
  @Refuses({400, 413, 415})
  Mono<ResponseEntity<?>> enable(
      @RequestBody(required = false) @Nullable IntegrationRequest request,
      ServerWebExchange exchange) {
    if (request == null) {
      throw Refusal.badRequest("The body is missing: a JSON object with configurationId and more.");
    }
    IntegrationEnabled event = request.event(clock.instant());
    Caller.of(exchange).requireMayActFor(event.organizationId());
    Mono<ResponseEntity<?>> accepted =
        events.send(event).thenReturn(ResponseEntity.accepted().body(Enabled.by(event)));
    if (event.cron() == null && event.timeZone() == null) {
      return accepted;
    }
    return scheduler
        .ask(exchange, previewOf(event))
        .flatMap(answer -> answer.isOk() ? accepted : Mono.just(answer.relayed()));
  }

  @DeleteMapping("/api/v1/integrations/{configurationId}")
  @Operation(
      summary = "Disable an integration: the schedules of its job types end",
      description = "Jobs already queued or running go on.")
  @ApiResponse(responseCode = "202", description = "Accepted for good.")
  @Refuses(400)
  Mono<ResponseEntity<Void>> disable(
      @Parameter(schema = @Schema(type = "string", format = "uuid")) @PathVariable
          String configurationId,
      ServerWebExchange exchange) {
    UUID configuration = Guid.parse(configurationId);
    if (configuration == null) {
      throw Refusal.badRequest("configurationId must be a Guid, " + Guid.not(configurationId));
    }
    UUID organization = Caller.of(exchange).organization();
    return events
        .send(new IntegrationDisabled(configuration, organization, clock.instant()))
        .thenReturn(ResponseEntity.accepted().build());
  }

  /// The scheduler alone knows which crons and zones there are, so it is asked.
  private static Call previewOf(IntegrationEnabled event) {
    MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
    query.add("cron", event.cron() == null ? ANY_CRON : event.cron());
    query.add("timeZone", event.timeZone() == null ? "UTC" : event.timeZone());
    query.add("count", "1");
    return Call.get("/cron/preview", query, "cron", "timeZone", "count");
  }

  /// @param id the job type the integration has
  record Enabled(@JsonProperty("Id") @Schema(example = Examples.JOB_TYPE_ID) String id) {

    static Enabled by(IntegrationEnabled event) {
      return new Enabled(event.jobTypeId().toString());
    }
  }
}

package com.cluedin.jobs.gateway;

import com.cluedin.jobs.model.AgentView;
import com.cluedin.jobs.model.AttentionView;
import com.cluedin.jobs.model.ConfigurationView;
import com.cluedin.jobs.model.HourOfJobs;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// How it goes at large: the last hours, what needs attention, who is at work; and the names that
/// lists can be asked for by.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Overview")
class OverviewCalls {

  private final Upstream tracker;

  OverviewCalls(@Qualifier("tracker") Upstream tracker) {
    this.tracker = tracker;
  }

  @GetMapping("/jobs/histogram")
  @Operation(
      summary = "Jobs queued in each of the last hours, by the state they are in now",
      description = "The oldest hour first, the current one last; hours without jobs too.")
  @Parameter(
      name = "hours",
      in = ParameterIn.QUERY,
      schema = @Schema(type = "integer", minimum = "1", maximum = "168", defaultValue = "24"))
  @ApiResponse(
      responseCode = "200",
      content = @Content(array = @ArraySchema(schema = @Schema(implementation = HourOfJobs.class))))
  @Refuses(400)
  Mono<ResponseEntity<byte[]>> histogram(ServerWebExchange exchange) {
    return relay(exchange, "/jobs/histogram", "hours");
  }

  @GetMapping("/jobs/attention")
  @Operation(
      summary = "What somebody should look at",
      description =
          "Open alarms, job types whose newest three or more ended jobs all failed, and for how"
              + " long what was told of jobs has not been read.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AttentionView.class)))
  Mono<ResponseEntity<byte[]>> attention(ServerWebExchange exchange) {
    return relay(exchange, "/jobs/attention");
  }

  @GetMapping("/agents")
  @Operation(summary = "Agents that run jobs now, by name")
  @ApiResponse(
      responseCode = "200",
      content = @Content(array = @ArraySchema(schema = @Schema(implementation = AgentView.class))))
  Mono<ResponseEntity<byte[]>> agents(ServerWebExchange exchange) {
    return relay(exchange, "/agents");
  }

  @GetMapping("/configurations")
  @Operation(summary = "Configurations of which there were jobs, by name")
  @Parameter(
      name = "search",
      in = ParameterIn.QUERY,
      description = "contained in Job or ConfigurationName, in any case")
  @Parameter(
      name = "take",
      in = ParameterIn.QUERY,
      schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              array = @ArraySchema(schema = @Schema(implementation = ConfigurationView.class))))
  @Refuses(400)
  Mono<ResponseEntity<byte[]>> configurations(ServerWebExchange exchange) {
    return relay(exchange, "/configurations", "search", "take");
  }

  @GetMapping("/connectors")
  @Operation(summary = "The names of crawl sources of which there were jobs, each once")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              array = @ArraySchema(schema = @Schema(type = "string")),
              examples = @ExampleObject("[\"HubSpot\", \"SharePoint\"]")))
  Mono<ResponseEntity<byte[]>> connectors(ServerWebExchange exchange) {
    return relay(exchange, "/connectors");
  }

  private Mono<ResponseEntity<byte[]>> relay(
      ServerWebExchange exchange, String path, String... parameters) {
    return tracker.ask(
        exchange, Call.get(path, exchange.getRequest().getQueryParams(), parameters));
  }
}

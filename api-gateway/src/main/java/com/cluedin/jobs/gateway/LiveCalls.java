package com.cluedin.jobs.gateway;

import static org.springframework.http.MediaType.TEXT_EVENT_STREAM_VALUE;

import com.cluedin.jobs.gateway.live.LiveStream;
import com.cluedin.jobs.model.LiveView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// What happens, as it happens.
@RestController
@Tag(name = "Live")
class LiveCalls {

  private static final Duration LONGEST = Duration.ofDays(1);

  private final LiveStream live;
  private final Clock clock;

  LiveCalls(LiveStream live, Clock clock) {
    this.live = live;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/live", produces = TEXT_EVENT_STREAM_VALUE)
  @Operation(summary = "What happens, as it happens", description = Examples.LIVE)
  @ApiResponse(
      responseCode = "200",
      description = "The data of the event `jobs`",
      content =
          @Content(
              mediaType = TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(implementation = LiveView.class),
              examples = @ExampleObject(Examples.LIVE_EVENTS)))
  ResponseEntity<Flux<ServerSentEvent<String>>> live(
      @Parameter(description = "the id of the event that was heard last")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable String header,
      @Parameter(description = "the same, for clients that cannot send the header")
          @RequestParam(required = false)
          @Nullable String lastEventId,
      ServerWebExchange exchange) {
    Caller caller = Caller.of(exchange);
    String lastId = header == null || header.isBlank() ? lastEventId : header;
    Flux<ServerSentEvent<String>> events =
        live.open(
            caller.organization(),
            lastId == null || lastId.isBlank() ? null : lastId,
            exchange.getRequest());
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore().noTransform())
        .header("X-Accel-Buffering", "no")
        .body(events.takeUntilOther(end(caller)));
  }

  /// Whoever comes back afterwards brings a new token.
  private Mono<Long> end(Caller caller) {
    if (caller.until() == null) {
      return Mono.never();
    }
    Duration left = Duration.between(clock.instant(), caller.until());
    return Mono.delay(left.compareTo(LONGEST) < 0 ? left : LONGEST);
  }
}

package com.cluedin.jobs.gateway.live;

import com.cluedin.jobs.model.ContractTime;
import com.cluedin.jobs.model.LiveView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import tools.jackson.databind.json.JsonMapper;

/// News on their way to many clients; what clients of one organization are shown is written once.
final class Announcement {

  private final News news;
  private final String id;
  private final JsonMapper json;
  private final Map<Optional<UUID>, Optional<ServerSentEvent<String>>> written =
      new ConcurrentHashMap<>();

  /// @param id what clients have heard with it
  Announcement(News news, String id, JsonMapper json) {
    this.news = news;
    this.id = id;
    this.json = json;
  }

  News news() {
    return news;
  }

  /// For clients of an organization; null when there is nothing for them.
  @Nullable ServerSentEvent<String> to(@Nullable UUID organization) {
    return written.computeIfAbsent(Optional.ofNullable(organization), this::written).orElse(null);
  }

  private Optional<ServerSentEvent<String>> written(Optional<UUID> organization) {
    LiveView view = news.view(organization.orElse(null));
    return view == null
        ? Optional.empty()
        : Optional.of(event("jobs").id(id).data(json.writeValueAsString(view)).build());
  }

  /// Nothing but how long to wait after an interruption; it makes the answer begin.
  static ServerSentEvent<String> retry() {
    return ServerSentEvent.<String>builder().retry(Duration.ofSeconds(1)).comment("live").build();
  }

  static ServerSentEvent<String> hello(@Nullable String id, Instant now) {
    return withId("hello", id, "{\"At\":\"%s\"}".formatted(ContractTime.offset(now)));
  }

  static ServerSentEvent<String> reset(String id, Instant now) {
    return withId("reset", id, "{\"At\":\"%s\"}".formatted(ContractTime.offset(now)));
  }

  /// @param id null: what the client has heard is as it was
  static ServerSentEvent<String> beat(@Nullable String id, boolean stale, Instant now) {
    return withId(
        "beat", id, "{\"At\":\"%s\",\"Stale\":%b}".formatted(ContractTime.offset(now), stale));
  }

  private static ServerSentEvent<String> withId(String name, @Nullable String id, String data) {
    ServerSentEvent.Builder<String> event = event(name).data(data);
    return id == null ? event.build() : event.id(id).build();
  }

  private static ServerSentEvent.Builder<String> event(String name) {
    return ServerSentEvent.<String>builder().event(name);
  }
}

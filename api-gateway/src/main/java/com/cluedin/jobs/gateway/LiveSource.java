package com.cluedin.jobs.gateway;

import com.cluedin.jobs.gateway.live.LiveStream;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// What the live stream is made of: Kafka's log and, with authentication, the tracker's word on
/// whose a job is.
@Configuration(proxyBeanMethods = false)
class LiveSource {

  @Bean
  LiveStream liveStream(
      KafkaProperties kafka,
      Admin admin,
      GatewaySettings settings,
      @Qualifier("tracker") Upstream tracker,
      JsonMapper json,
      Clock clock,
      MeterRegistry meters) {
    LiveStream stream =
        new LiveStream(
            kafka.buildConsumerProperties(),
            admin,
            settings.auth().issuer() == null ? null : owner(tracker, json),
            json,
            clock);
    Gauge.builder("crawl.jobs.live.clients", stream, LiveStream::clients).register(meters);
    return stream;
  }

  /// Asked on nobody's behalf: the answer decides what is withheld, and is shown to no one.
  private static Function<UUID, Mono<UUID>> owner(Upstream tracker, JsonMapper json) {
    return job ->
        tracker
            .ask(Caller.ANYONE, Call.get("/jobs/detail?id=" + job))
            .filter(answer -> answer.getStatusCode().isSameCodeAs(HttpStatus.OK))
            .mapNotNull(answer -> organizationIn(json, answer.getBody()));
  }

  private static @Nullable UUID organizationIn(JsonMapper json, byte @Nullable [] detail) {
    return detail == null
        ? null
        : Guid.parse(json.readTree(detail).path("OrganizationId").asString(null));
  }
}

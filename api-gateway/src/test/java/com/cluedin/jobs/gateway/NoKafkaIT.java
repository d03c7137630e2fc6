package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.gateway.RunningGateway.Reply;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A gateway that cannot reach Kafka.
class NoKafkaIT {

  @Test
  void saysSoInTimeAndGoesOnWithWhatNeedsNoKafka() {
    try (StandIn service = new StandIn()) {
      service.answers("GET /job-types", 200, "[]");
      long stopping;
      try (RunningGateway gateway =
          RunningGateway.onKafka("127.0.0.1:1", service.url(), service.url())) {
        long before = System.nanoTime();
        Reply reply = gateway.send("DELETE", "/api/v1/integrations/" + UUID.randomUUID(), null);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(reply.detail()).contains("try again");
        assertThat(since(before)).isLessThan(Duration.ofSeconds(14));
        assertThat(gateway.get("/api/v1/hangfire/jobs/crawling").status()).isEqualTo(200);
        assertThat(gateway.management("/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(gateway.management("/actuator/health/liveness").status()).isEqualTo(200);
        stopping = System.nanoTime();
      }
      assertThat(since(stopping)).isLessThan(Duration.ofSeconds(20));
    }
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}

package com.cluedin.jobs.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.scheduler.CronPreview.Preview;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

class CronPreviewTest {

  @Test
  void meansTheSameWhilePostgresIsAway() {
    check(Mono.error(new R2dbcNonTransientResourceException("away")));
  }

  @Test
  void meansTheSameWhilePostgresDoesNotAnswer() {
    check(Mono.never());
  }

  private static void check(Mono<Connection> connection) {
    DatabaseClient database = DatabaseClient.create(new Connections(connection));
    Preview preview =
        new CronPreview(new JobTypeList(database), Clock.systemUTC())
            .preview(null, "0 3 * * *", "UTC", null, 3, null)
            .block();
    assertThat(preview.occurrences()).hasSize(3);
    assertThat(preview.sharedBy()).isNull();
  }

  private record Connections(Mono<Connection> create) implements ConnectionFactory {

    @Override
    public ConnectionFactoryMetadata getMetadata() {
      return () -> "PostgreSQL";
    }
  }
}

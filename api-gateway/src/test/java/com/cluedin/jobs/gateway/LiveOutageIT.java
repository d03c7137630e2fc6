package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.stack.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The live stream while Kafka is away.
class LiveOutageIT {

  private static final String NOBODY = "http://127.0.0.1:1";

  @TempDir private Path folder;

  @Test
  void aStreamStaysOpenSaysItIsStaleAndGoesOnByItself() {
    try (LocalKafka kafka = LocalKafka.start(folder);
        LogWriter log = new LogWriter(kafka.bootstrapServers());
        RunningGateway gateway = RunningGateway.onKafka(kafka.bootstrapServers(), NOBODY, NOBODY);
        LiveClient client = LiveClient.open(gateway).greeted()) {
      client.job(log.start());
      kafka.kill();
      client.first(event -> event.data().path("Stale").asBoolean(false), Duration.ofSeconds(15));
      try (LiveClient another = LiveClient.after(client.lastId(), gateway).greeted();
          LiveClient stranger = LiveClient.after("unknown", gateway)) {
        stranger.first("reset");
        kafka.restart();
        UUID job = log.start();
        client.job(job);
        another.job(job);
        stranger.job(job);
        client.first(
            event -> event.name().equals("beat") && !event.data().get("Stale").asBoolean(),
            Duration.ofSeconds(15));
      }
      assertThat(client.hasEnded()).isFalse();
      assertThat(client.heard()).noneMatch(event -> event.name().equals("reset"));
    }
  }

  @Test
  void whoComesWhileKafkaIsAwayIsGreetedWhenItIsBack() {
    try (LocalKafka kafka = LocalKafka.start(folder);
        LogWriter log = new LogWriter(kafka.bootstrapServers());
        RunningGateway gateway = RunningGateway.onKafka(kafka.bootstrapServers(), NOBODY, NOBODY)) {
      kafka.kill();
      try (LiveClient client = LiveClient.open(gateway)) {
        assertThat(client.first("beat").data().get("Stale").asBoolean()).isTrue();
        assertThat(client.heard()).noneMatch(event -> event.name().equals("hello"));
        kafka.restart();
        client.greeted().job(log.start());
      }
    }
  }
}

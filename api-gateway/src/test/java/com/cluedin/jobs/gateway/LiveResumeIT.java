package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.gateway.LiveClient.Heard;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who comes back to the live stream, on real Kafka, missed nothing or is told so.
class LiveResumeIT {

  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final String NOBODY = "http://127.0.0.1:1";

  private static LogWriter log;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    log = new LogWriter(Backing.shared().kafkaBootstrapServers());
    gateway = RunningGateway.start(NOBODY, NOBODY, LiveIT.SETTINGS);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    log.close();
  }

  @Test
  void aClientThatComesAndGoesMissesNothing() {
    Set<String> heard = new HashSet<>();
    LiveClient client = LiveClient.open(gateway).greeted();
    CompletableFuture<Set<String>> written = CompletableFuture.supplyAsync(() -> started(2_000, 3));
    Random random = new Random(5);
    while (!written.isDone()) {
      pause(random.nextInt(300));
      client = comeBack(client, heard);
    }
    client.job(log.start());
    client.close();
    heard.addAll(client.jobs());
    assertThat(heard).containsAll(written.join());
  }

  @Test
  void whoComesBackToAGatewayThatWasStartedAgainMissesNothing() {
    LiveClient client = LiveClient.open(gateway).greeted();
    String seen = client.job(log.start()).id();
    long before = System.nanoTime();
    gateway.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    await().atMost(Duration.ofSeconds(2)).until(client::hasEnded);
    client.close();
    Set<String> missed = started(300, 0);
    UUID queued = log.queue(ORGANIZATION, "default", "HubSpot");
    gateway = RunningGateway.start(NOBODY, NOBODY, LiveIT.SETTINGS);
    try (LiveClient back = LiveClient.after(seen, gateway);
        LiveClient alike = LiveClient.withQuery("lastEventId=" + seen, gateway)) {
      UUID later = log.start();
      for (LiveClient one : List.of(back, alike)) {
        one.job(later);
        one.job(queued);
        assertThat(one.jobs()).containsAll(missed);
        assertThat(one.first("hello").id()).isEqualTo(seen);
        assertThat(one.heard()).noneMatch(event -> event.name().equals("reset"));
      }
    }
  }

  @Test
  void anIdThatCannotBeReadMakesTheClientReadEverythingAgain() {
    try (LiveClient client = LiveClient.after("no-id-of-ours", gateway)) {
      Heard reset = client.first("reset");
      assertThat(client.first("hello").id()).isNull();
      UUID job = log.start();
      client.job(job);
      client.close();
      try (LiveClient back = LiveClient.after(reset.id(), gateway)) {
        back.job(job);
      }
    }
  }

  @Test
  void offsetsThatAreGoneMakeTheClientReadEverythingAgain() throws Exception {
    String id = idOfNow();
    started(20, 0);
    restart();
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    IntStream.range(0, 6)
        .forEach(part ->
            all.put(new TopicPartition(Topics.JOB_EVENTS, part), RecordsToDelete.beforeOffset(-1)));
    log.admin().deleteRecords(all).all().get();
    try (LiveClient client = LiveClient.after(id, gateway)) {
      client.first("reset");
      client.job(log.start());
    }
  }

  @Test
  void whoWasAwayForTooLongReadsEverythingAgain() {
    String id = idOfNow();
    restart();
    log.startMany(20_100);
    try (LiveClient client = LiveClient.after(id, gateway)) {
      client.first("reset");
      client.job(log.start());
    }
  }

  @Test
  void moreThanCanBeToldIsCounted() {
    String id = idOfNow();
    restart();
    log.startMany(19_000);
    long before = System.nanoTime();
    try (LiveClient client = LiveClient.after(id, gateway)) {
      Heard told = client.first("jobs");
      System.out.printf(
          "19,000 missed events were read in %d ms%n", (told.at() - before) / 1_000_000);
      assertThat(told.data().get("Many").asInt()).isGreaterThanOrEqualTo(19_000);
      assertThat(told.data().get("Jobs").isNull()).isTrue();
      client.job(log.start());
    }
  }

  private static void restart() {
    gateway.close();
    gateway = RunningGateway.start(NOBODY, NOBODY, LiveIT.SETTINGS);
  }

  private static String idOfNow() {
    try (LiveClient client = LiveClient.open(gateway).greeted()) {
      return client.lastId();
    }
  }

  private static LiveClient comeBack(LiveClient client, Set<String> heard) {
    client.close();
    heard.addAll(client.jobs());
    assertThat(client.heard()).noneMatch(event -> event.name().equals("reset"));
    return LiveClient.after(client.lastId(), gateway).greeted();
  }

  private static Set<String> started(int count, int everyMillis) {
    Set<String> jobs = new HashSet<>();
    for (int i = 0; i < count; i++) {
      jobs.add(log.start().toString());
      pause(everyMillis);
    }
    return jobs;
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }
}

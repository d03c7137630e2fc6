package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.gateway.LiveClient.Heard;
import com.cluedin.jobs.gateway.RunningGateway.Reply;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The live stream on real Kafka.
class LiveIT {

  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final String NOBODY = "http://127.0.0.1:1";

  /// Waiting for the next event is not being idle, and an event stream is never held together to be
  /// compressed.
  static final String[] SETTINGS = {
    "--server.netty.idle-timeout=1s",
    "--server.compression.enabled=true",
    "--server.compression.min-response-size=1"
  };

  private static LogWriter log;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    log = new LogWriter(Backing.shared().kafkaBootstrapServers());
    gateway = RunningGateway.start(NOBODY, NOBODY, SETTINGS);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    log.close();
  }

  @Test
  void whatHappensArrivesWithinASecond() {
    try (LiveClient client = LiveClient.open(gateway, "Accept-Encoding", "gzip").greeted()) {
      assertThat(client.headers().firstValue("Content-Type"))
          .hasValue("text/event-stream;charset=UTF-8");
      assertThat(client.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(client.headers().firstValue("Cache-Control"))
          .hasValueSatisfying(value -> assertThat(value).contains("no-store", "no-transform"));
      List<Long> alone = latencies(client, 40, 250, 250);
      List<Long> many = latencies(client, 400, 0, 40);
      System.out.printf(
          "event to client: alone p50 %d ms, p99 %d ms; 50 a second p50 %d ms, p99 %d ms%n",
          at(alone, 50), at(alone, 99), at(many, 50), at(many, 99));
      assertThat(at(alone, 90)).isLessThan(1_000);
      assertThat(at(many, 95)).isLessThan(1_000);
      assertThat(client.heard()).hasSizeLessThan(300);
    }
  }

  @Test
  void everythingThatIsToldOfAJobIsInOneRow() {
    try (LiveClient client = LiveClient.open(gateway).greeted()) {
      UUID job = log.queue(ORGANIZATION, "default", "HubSpot");
      assertThat(client.job(job).job(job).get("Status").asString()).isEqualTo("Queued");
      assertThat(client.job(job).job(job).get("Job").asString()).isEqualTo("HubSpot");
      Instant now = Instant.now();
      log.write(Topics.JOB_ABANDONMENTS, new JobAbandonRequested(job, null, null, now));
      client.first(
          event ->
              event.jobs().contains(job.toString())
                  && event.job(job).get("Status").asString().equals("Cancelling"),
          Duration.ofSeconds(5));
      log.write(Topics.JOB_EVENTS, new JobAlarmRaised(job, TimeSpan.parse("00:01:00"), now));
      client.first(
          event -> event.data().path("Alarms").toString().contains(job.toString()),
          Duration.ofSeconds(5));
      UUID configuration = UUID.randomUUID();
      log.write(Topics.INTEGRATIONS, new IntegrationDisabled(configuration, ORGANIZATION, now));
      client.first(
          event -> event.data().path("JobTypes").toString().contains(configuration.toString()),
          Duration.ofSeconds(5));
    }
  }

  @Test
  void aQueueThatIsNewIsReadFromItsBeginning() {
    try (LiveClient client = LiveClient.open(gateway).greeted()) {
      String queue = "new-" + System.nanoTime();
      log.make(Topics.jobQueue(queue));
      client.job(log.queue(ORGANIZATION, queue, "HubSpot"));
      String id = client.lastId();
      client.close();
      UUID missed = log.queue(ORGANIZATION, queue, "HubSpot");
      try (LiveClient back = LiveClient.after(id, gateway)) {
        back.job(missed);
      }
    }
  }

  @Test
  void silenceIsBeaten() {
    try (LiveClient client = LiveClient.open(gateway).greeted()) {
      Heard hello = client.first("hello");
      Heard beat = client.first("beat");
      assertThat(Duration.ofNanos(beat.at() - hello.at()).toMillis()).isBetween(4_000L, 6_500L);
      assertThat(beat.data().get("Stale").asBoolean()).isFalse();
      assertThat(beat.id()).isEqualTo(client.lastId());
    }
  }

  @Test
  void aClientThatDoesNotReadIsCutOffAndHarmsNobody() throws Exception {
    try (LiveClient other = LiveClient.open(gateway).greeted();
        Socket lazy = new Socket()) {
      lazy.setReceiveBufferSize(4_096);
      lazy.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
      lazy.getOutputStream()
          .write("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      await().atMost(Duration.ofSeconds(10)).until(() -> clients() == 2);
      String name = "x".repeat(400_000);
      UUID last = null;
      for (int i = 0; i < 40; i++) {
        last = log.queue(ORGANIZATION, "default", name);
      }
      other.job(last);
      await().atMost(Duration.ofSeconds(10)).until(() -> clients() == 1);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> clients() == 0);
  }

  @Test
  void moreThanFiveHundredAreSentAway() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        Socket socket = new Socket("127.0.0.1", gateway.port());
        socket
            .getOutputStream()
            .write("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        sockets.add(socket);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> clients() == 500);
      Reply reply = gateway.get("/api/v1/live", "Accept", "text/event-stream");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).isEqualTo("2");
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.detail()).contains("500 clients");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> clients() == 0);
  }

  @Test
  void whileNobodyWatchesNothingIsRead() {
    LiveClient.open(gateway).greeted().close();
    assertThat(isRead()).isTrue();
    await().atMost(Duration.ofSeconds(45)).until(() -> !isRead());
    UUID unseen = log.start();
    try (LiveClient client = LiveClient.open(gateway).greeted()) {
      assertThat(isRead()).isTrue();
      client.job(log.start());
      assertThat(client.jobs()).doesNotContain(unseen.toString());
    }
  }

  @Test
  void aHeadOfItEnds() {
    assertThat(gateway.send("HEAD", "/api/v1/live", null).status()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(5)).until(() -> clients() == 0);
  }

  /// From before an event is sent until a client has it, in order, in milliseconds.
  private static List<Long> latencies(LiveClient client, int count, int least, int most) {
    Random random = new Random(11);
    Map<UUID, Long> sent = new HashMap<>();
    for (int i = 0; i < count; i++) {
      UUID job = JobIds.ofRequest(Instant.now());
      sent.put(job, System.nanoTime());
      log.start(job);
      pause(least + random.nextInt(Math.max(1, most - least)));
    }
    return sent.entrySet().stream()
        .map(one -> (client.job(one.getKey()).at() - one.getValue()) / 1_000_000)
        .sorted()
        .toList();
  }

  private static long at(List<Long> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  private static int clients() {
    return gateway
        .management("/actuator/metrics/crawl.jobs.live.clients")
        .json()
        .at("/measurements/0/value")
        .asInt();
  }

  private static boolean isRead() {
    try {
      ObjectName metrics =
          new ObjectName("kafka.consumer:type=consumer-metrics,client-id=api-gateway-live");
      return ManagementFactory.getPlatformMBeanServer().isRegistered(metrics);
    } catch (javax.management.MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }
}

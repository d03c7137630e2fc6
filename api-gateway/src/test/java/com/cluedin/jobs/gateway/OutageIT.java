package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.gateway.RunningGateway.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Services that are down, slow, restarted or break off.
class OutageIT {

  private static final String LIST = "/api/v1/hangfire/jobs/crawling";
  private static final String COUNTS = "/api/v1/jobstatecount";
  private static final String TRIGGER = "/hangfire/recurring/trigger";

  private StandIn one;
  private StandIn other;

  @BeforeEach
  void start() {
    one = answering(new StandIn());
    other = answering(new StandIn());
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
  }

  @Test
  void aServiceThatIsDownIsToldAtOnceAndIsThereAgainAtOnce() {
    try (RunningGateway gateway = gateway(one.url(), "10s")) {
      assertThat(gateway.get(LIST).status()).isEqualTo(200);
      one.goAway();
      long before = System.nanoTime();
      assertUnavailable(gateway.get(LIST), "nothing was changed");
      assertUnavailable(gateway.form(TRIGGER, "jobIds=a"), "nothing was changed");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      one.comeBack();
      assertThat(gateway.get(LIST).status()).isEqualTo(200);
    }
  }

  @Test
  void connectionsOfThePoolSurviveARestart() {
    try (RunningGateway gateway = gateway(one.url(), "10s")) {
      for (int i = 0; i < 5; i++) {
        IntStream.range(0, 20)
            .parallel()
            .forEach(_ -> assertThat(gateway.get(LIST).status()).isEqualTo(200));
        one.goAway();
        one.comeBack();
      }
      assertThat(gateway.form(TRIGGER, "jobIds=a").status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsSlowIsGivenUpInTimeAndAChangeIsNotAskedTwice() {
    one.fallSilent();
    try (RunningGateway gateway = gateway(one.url() + "," + other.url(), "1s")) {
      int before = other.asked().size();
      assertUnavailable(gateway.form(TRIGGER, "jobIds=a"), "not known whether this was done");
      assertThat(other.asked()).hasSize(before);
      assertThat(one.asked()).hasSize(1);
      assertThat(gateway.get(LIST).status()).isEqualTo(200);
      assertThat(other.asked()).hasSize(before + 1);
    }
  }

  @Test
  void allSilentIsToldWithinTheAnswerTimeout() {
    one.fallSilent();
    other.fallSilent();
    try (RunningGateway gateway = gateway(one.url() + "," + other.url(), "4s")) {
      long before = System.nanoTime();
      assertUnavailable(gateway.get(LIST), "nothing was changed");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(Duration.ofMillis(3_900), Duration.ofMillis(7_500));
    }
  }

  @Test
  void anInstanceThatIsDownIsPassedOverAndTheGoodOneKept() {
    try (RunningGateway gateway = gateway(one.url() + "," + other.url(), "10s")) {
      one.goAway();
      assertThat(gateway.form(TRIGGER, "jobIds=a").status()).isEqualTo(200);
      assertThat(other.asked()).hasSize(1);
      one.comeBack();
      assertThat(gateway.get(LIST).status()).isEqualTo(200);
      assertThat(one.asked()).isEmpty();
      other.goAway();
      assertThat(gateway.get(LIST).status()).isEqualTo(200);
      assertThat(one.asked()).hasSize(1);
    }
  }

  @Test
  void aHostThatCannotBeResolvedOrReachedIsPassedOver() {
    String gone = "http://nowhere.invalid:1,http://127.0.0.1:1,";
    try (RunningGateway gateway = gateway(gone + one.url(), "10s")) {
      assertThat(gateway.form(TRIGGER, "jobIds=a").status()).isEqualTo(200);
    }
  }

  @Test
  void aConnectionThatBreaksOffIsTriedAgainForAGetAlone() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket breaking = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> breakOff(breaking, connections));
      String url = "http://127.0.0.1:" + breaking.getLocalPort();
      try (RunningGateway gateway = gateway(url + "/", "10s")) {
        assertUnavailable(gateway.get(LIST), "nothing was changed");
        assertThat(connections).hasValue(2);
        assertUnavailable(gateway.form(TRIGGER, "jobIds=a"), "not known whether this was done");
        assertThat(connections).hasValue(3);
      }
      try (RunningGateway gateway = gateway(url + "," + one.url(), "10s")) {
        assertThat(gateway.get(LIST).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void manyWhoWaitForASilentServiceDoNotKeepOthersFromTheOtherOne() throws Exception {
    one.fallSilent();
    try (RunningGateway gateway =
        RunningGateway.start(other.url(), one.url(), "--gateway.answer-timeout=8s")) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Integer>> waiting =
            IntStream.range(0, 150)
                .mapToObj(_ -> threads.submit(() -> gateway.get(COUNTS).status()))
                .toList();
        long before = System.nanoTime();
        assertThat(gateway.form(TRIGGER, "jobIds=a").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        for (Future<Integer> reply : waiting) {
          assertThat(reply.get()).isEqualTo(503);
        }
      }
    }
  }

  @Test
  void moreThanAServiceCanTakeIsRefusedWithoutMoreConnections() throws Exception {
    one.fallSilent();
    other.fallSilent();
    String both = one.url() + "," + other.url();
    try (RunningGateway gateway =
            RunningGateway.start(
                both, both, "--gateway.answer-timeout=12s", "--gateway.connect-timeout=5s");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> replies =
          IntStream.range(0, 400).mapToObj(_ -> threads.submit(() -> gateway.get(COUNTS))).toList();
      for (Future<Reply> reply : replies) {
        assertUnavailable(reply.get(), "nothing was changed");
      }
      assertThat(one.asked()).hasSizeBetween(1, 100);
      assertThat(other.asked()).hasSizeLessThanOrEqualTo(100);
    }
  }

  /// Reads a little of each request, then hangs up.
  private static void breakOff(ServerSocket server, AtomicInteger connections) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          connections.incrementAndGet();
          socket.setSoLinger(true, 0);
          socket.getInputStream().read(new byte[64]);
        }
      }
    } catch (IOException e) {
      // the test has closed the server
    }
  }

  private static StandIn answering(StandIn service) {
    return service
        .answers("GET /job-types", 200, "[]")
        .answers("GET /jobs/counts", 200, "{}")
        .answers("POST /job-types/trigger", 200, "{\"triggered\":[],\"notFound\":[]}");
  }

  private static RunningGateway gateway(String urls, String answerTimeout) {
    return RunningGateway.start(urls, urls, "--gateway.answer-timeout=" + answerTimeout);
  }

  private static void assertUnavailable(Reply reply, String detail) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isEqualTo("2");
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.detail()).contains(detail);
  }
}

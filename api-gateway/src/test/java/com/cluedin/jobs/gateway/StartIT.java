package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the gateway starts, or refuses to, as a process.
class StartIT {

  @TempDir private Path folder;

  @Test
  void withoutAuthenticationItRefusesToListenForOthers() throws Exception {
    for (String address : new String[] {"0.0.0.0", "", "192.0.2.7", "::"}) {
      assertThat(refusal(Map.of("SERVER_ADDRESS", address)))
          .contains("Without authentication", "AUTH_ISSUER", "GATEWAY_LOCAL_PEERS");
    }
  }

  @Test
  void halfAnAuthenticationIsRefused() throws Exception {
    assertThat(refusal(Map.of("AUTH_ISSUER", "https://issuer.example")))
        .contains("AUTH_AUDIENCE is missing");
    assertThat(refusal(Map.of("AUTH_AUDIENCE", "crawl-jobs", "SERVER_ADDRESS", "0.0.0.0")))
        .contains("AUTH_ISSUER is missing");
  }

  @Test
  void localPeersMustBeAddresses() throws Exception {
    assertThat(refusal(Map.of("SERVER_ADDRESS", "0.0.0.0", "GATEWAY_LOCAL_PEERS", "bridge")))
        .contains("no address: \"bridge\"");
  }

  @Test
  void withLocalPeersItStartsAndSaysThatEverythingIsOpen() throws Exception {
    Path log = folder.resolve("log");
    int port = freePort();
    Process process =
        start(
            log,
            Map.of(
                "SERVER_ADDRESS", "0.0.0.0",
                "SERVER_PORT", String.valueOf(port),
                "GATEWAY_LOCAL_PEERS", "172.28.0.1, 172.28.0.2"));
    try {
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> Files.readString(log).contains("Started GatewayService"));
      assertThat(Files.readString(log)).contains("No authentication: all organizations are open");
      try (HttpClient http = HttpClient.newHttpClient()) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/v3/api-docs");
        assertThat(
                http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .statusCode())
            .isEqualTo(200);
      }
    } finally {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private String refusal(Map<String, String> settings) throws Exception {
    Path log = folder.resolve("log");
    Process process = start(log, settings);
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String told = Files.readString(log);
    assertThat(process.exitValue()).as(told).isEqualTo(1);
    assertThat(told)
        .contains("APPLICATION FAILED TO START")
        .doesNotContain("\tat ", "Exception", "Netty started");
    return told;
  }

  private static Process start(Path log, Map<String, String> settings) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path").replaceAll("[^:]*test-classes:?", ""),
            GatewayService.class.getName());
    builder
        .environment()
        .putAll(
            Map.of(
                "SERVER_PORT", "0",
                "MANAGEMENT_SERVER_PORT", "0",
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"));
    builder.environment().putAll(settings);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static int freePort() throws IOException {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

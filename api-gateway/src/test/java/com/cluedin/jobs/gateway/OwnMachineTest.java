package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.service.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class OwnMachineTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.7", "::"})
  void refusesToServeWhereOthersReachIt(String address) {
    assertThatThrownBy(() -> OwnMachine.serving(InetAddress.ofLiteral(address), List.of()))
        .isInstanceOf(StartRefusal.class);
    assertThatThrownBy(() -> OwnMachine.serving(null, List.of())).hasMessageContaining("every");
  }

  @Test
  void localPeersAreAddresses() {
    assertThatThrownBy(() -> OwnMachine.serving(null, List.of("bridge.local")))
        .isInstanceOf(StartRefusal.class)
        .hasMessageContaining("bridge.local");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,    localhost:8080,    true",
    "127.9.9.9,    LOCALHOST,         true",
    "::1,          [::1]:8080,        true",
    "172.28.0.1,   127.0.0.1:8080,    true",
    "172.28.0.2,   localhost:8080,    false",
    "192.0.2.1,    localhost:8080,    false",
    "127.0.0.1,    evil.example,      false",
    "127.0.0.1,    localhost.evil.example, false",
    "127.0.0.1,    127.0.0.1.nip.io,  false",
    "127.0.0.1,    192.0.2.1,         false",
    "127.0.0.1,    localhost@evil.example, false",
  })
  void letsInItsOwnMachineUnderItsOwnName(String peer, String host, boolean in) {
    assertThat(
            letsIn(
                MockServerHttpRequest.get("/")
                    .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 4711))
                    .header("Host", host)))
        .isEqualTo(in);
  }

  @Test
  void believesNoForwardedAddressAndNeedsOneHost() {
    InetSocketAddress far = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4711);
    InetSocketAddress near = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4711);
    assertThat(
            letsIn(
                MockServerHttpRequest.get("/")
                    .remoteAddress(far)
                    .header("Host", "localhost")
                    .header("X-Forwarded-For", "127.0.0.1")
                    .header("Forwarded", "for=127.0.0.1")))
        .isFalse();
    assertThat(letsIn(MockServerHttpRequest.get("/").remoteAddress(near))).isFalse();
    assertThat(
            letsIn(
                MockServerHttpRequest.get("/")
                    .remoteAddress(near)
                    .header("Host", "localhost", "evil.example")))
        .isFalse();
  }

  private static boolean letsIn(MockServerHttpRequest.BaseBuilder<?> request) {
    OwnMachine door = OwnMachine.serving(null, List.of("172.28.0.1"));
    MockServerWebExchange exchange = MockServerWebExchange.from(request);
    return Boolean.TRUE.equals(
        door.filter(exchange, _ -> Mono.empty())
            .then(Mono.fromCallable(() -> Caller.of(exchange).organization() == null))
            .onErrorReturn(Refusal.class, false)
            .block());
  }
}

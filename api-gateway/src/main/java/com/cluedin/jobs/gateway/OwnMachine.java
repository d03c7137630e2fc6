package com.cluedin.jobs.gateway;

import com.cluedin.jobs.service.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Without authentication: lets in who uses this machine, and nobody else. A page from elsewhere
/// that makes its name resolve to this machine (DNS rebinding) is told by its Host.
final class OwnMachine implements WebFilter {

  private static final Logger log = LoggerFactory.getLogger(OwnMachine.class);
  private static final Pattern OWN_NAME =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  private final Set<InetAddress> peers;

  private OwnMachine(Set<InetAddress> peers) {
    this.peers = peers;
  }

  /// @param address where the gateway listens; null: everywhere
  /// @param localPeers addresses, not names
  /// @throws StartRefusal when others could reach that address
  static OwnMachine serving(@Nullable InetAddress address, List<String> localPeers) {
    Set<InetAddress> peers = new HashSet<>();
    for (String peer : localPeers) {
      peers.add(addressOf(peer));
    }
    if (peers.isEmpty() && (address == null || !address.isLoopbackAddress())) {
      throw new StartRefusal(
          "Without authentication the gateway serves its own machine alone, but SERVER_ADDRESS is "
              + (address == null ? "every address" : address.getHostAddress())
              + ".",
          "Set AUTH_ISSUER and AUTH_AUDIENCE, or leave SERVER_ADDRESS at 127.0.0.1. In a container"
              + " whose port is published on 127.0.0.1, name the bridge's address in"
              + " GATEWAY_LOCAL_PEERS.");
    }
    log.warn(
        "No authentication: all organizations are open to whoever uses this machine, and to"
            + " nobody else. AUTH_ISSUER and AUTH_AUDIENCE change that.");
    return new OwnMachine(Set.copyOf(peers));
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    if (!isOwn(request.getRemoteAddress())) {
      return Mono.error(
          Refusal.forbidden("Without authentication the gateway serves its own machine alone."));
    }
    List<String> hosts = request.getHeaders().getOrEmpty(HttpHeaders.HOST);
    if (hosts.size() != 1 || !OWN_NAME.matcher(hosts.getFirst()).matches()) {
      return Mono.error(
          Refusal.forbidden(
              "Without authentication the gateway answers to localhost, 127.0.0.1 and [::1] alone."));
    }
    Caller.ANYONE.enter(exchange);
    return chain.filter(exchange);
  }

  private boolean isOwn(@Nullable InetSocketAddress peer) {
    InetAddress address = peer == null ? null : peer.getAddress();
    return address != null && (address.isLoopbackAddress() || peers.contains(address));
  }

  private static InetAddress addressOf(String text) {
    try {
      return InetAddress.ofLiteral(text.strip());
    } catch (IllegalArgumentException e) {
      throw new StartRefusal(
          "GATEWAY_LOCAL_PEERS holds something that is no address: \"" + text + "\".",
          "Give addresses like 172.28.0.1, joined by commas.");
    }
  }
}

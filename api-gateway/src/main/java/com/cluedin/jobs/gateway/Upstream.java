package com.cluedin.jobs.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClient.RequestSender;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/// A service behind the gateway, of which several instances may run.
///
/// A call goes to the instance that answered last. Where nothing could be sent, the next one is
/// asked, whatever the method. Where an answer does not come, or breaks off, only a GET is asked
/// again: anything else may have been done.
class Upstream {

  private static final Logger log = LoggerFactory.getLogger(Upstream.class);
  private static final String ORGANIZATION = "X-Organization-Id";
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);
  private static final int MOST_CONNECTIONS = 100;

  private final String name;
  private final List<String> instances;
  private final Duration answerTimeout;
  private final HttpClient pooled;
  private final HttpClient fresh;
  private volatile int preferred;

  /// @param instances base URLs
  Upstream(String name, List<URI> instances, GatewaySettings settings) {
    this.name = name;
    this.instances = instances.stream().map(url -> url.toString().replaceAll("/+$", "")).toList();
    this.answerTimeout = settings.answerTimeout();
    ConnectionProvider pool =
        ConnectionProvider.builder(name)
            .maxConnections(MOST_CONNECTIONS)
            .pendingAcquireTimeout(settings.connectTimeout())
            .maxIdleTime(LONGEST_IDLE)
            .evictInBackground(LONGEST_IDLE)
            .build();
    this.pooled = prepared(HttpClient.create(pool), settings.connectTimeout());
    this.fresh = prepared(HttpClient.newConnection(), settings.connectTimeout());
  }

  /// Asks on behalf of the caller and hands the answer on.
  Mono<ResponseEntity<byte[]>> relay(ServerWebExchange exchange, Call call) {
    return ask(exchange, call).map(Answer::relayed);
  }

  /// Asks on behalf of the caller.
  ///
  /// @return the whole answer, whatever its status, or the error {@link UpstreamAway}
  Mono<Answer> ask(ServerWebExchange exchange, Call call) {
    Caller caller = Caller.of(exchange);
    return Mono.defer(() -> attempt(call, caller, preferred, 0));
  }

  private Mono<Answer> attempt(Call call, Caller caller, int first, int tried) {
    int instance = (first + tried) % instances.size();
    AtomicBoolean sent = new AtomicBoolean();
    return answer(call, caller, instance, tried == 0 ? pooled : fresh, sent)
        .timeout(patience(call))
        .doOnNext(_ -> preferred = instance)
        .onErrorResume(fault -> {
          log.warn("{} {} did not answer: {}", name, instances.get(instance), fault.toString());
          return isWorthAnother(call, sent.get(), fault, tried + 1)
              ? attempt(call, caller, first, tried + 1)
              : Mono.error(new UpstreamAway(name, sent.get() && !call.isRead(), fault));
        });
  }

  /// A connection from the pool may have been dead all along, so a GET that broke off has a second
  /// try over a new one, even where there is a single instance.
  private boolean isWorthAnother(Call call, boolean sent, Throwable fault, int tried) {
    boolean anotherInstance = tried < instances.size();
    if (!sent) {
      return anotherInstance;
    }
    boolean brokeOff = !(fault instanceof TimeoutException);
    return call.isRead() && (anotherInstance || brokeOff && tried == 1);
  }

  private Mono<Answer> answer(
      Call call, Caller caller, int instance, HttpClient client, AtomicBoolean sent) {
    RequestSender request =
        client
            .headers(headers -> {
              if (caller.organization() != null) {
                headers.set(ORGANIZATION, caller.organization().toString());
              }
              if (call.json() != null) {
                headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
              }
            })
            .doOnRequest((_, _) -> sent.set(true))
            .request(HttpMethod.valueOf(call.method().name()))
            .uri(instances.get(instance) + call.target());
    byte @Nullable [] json = call.json();
    return (json == null
            ? request
            : request.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(json))))
        .responseSingle(Upstream::answer);
  }

  private static Mono<Answer> answer(HttpClientResponse response, ByteBufMono content) {
    HttpHeaders headers = new HttpHeaders();
    for (String header : Answer.RELAYED) {
      String value = response.responseHeaders().get(header);
      if (value != null) {
        headers.set(header, value);
      }
    }
    return content
        .asByteArray()
        .defaultIfEmpty(new byte[0])
        .map(body -> new Answer(response.status().code(), headers, body));
  }

  private Duration patience(Call call) {
    return call.isRead() ? answerTimeout.dividedBy(instances.size()) : answerTimeout;
  }

  /// The client's own retry would send a POST twice.
  private static HttpClient prepared(HttpClient client, Duration connectTimeout) {
    return client
        .disableRetry(true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis());
  }
}

package com.cluedin.jobs.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClient.RequestSender;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import reactor.netty.resources.ConnectionProvider;

/// A service behind the gateway, of which several instances may run.
///
/// Those who read the same at the same time share an answer.
///
/// A call goes to the instance that answered last. Where nothing could be sent, the next one is
/// asked, whatever the method. Where an answer does not come, or breaks off, only a GET is asked
/// again: anything else may have been done.
class Upstream {

  private static final Logger log = LoggerFactory.getLogger(Upstream.class);
  private static final String ORGANIZATION = "X-Organization-Id";
  private static final String USER = "X-User";
  private static final List<String> RELAYED =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER, PageLinks.TOTAL);
  private static final CacheControl ONLY_WHEN_ASKED_FOR = CacheControl.noCache().cachePrivate();

  /// So that the call that is waited for ends first, and says which instance did not answer.
  private static final Duration LONGEST_OF_ITS_OWN = Duration.ofMillis(500);

  private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);
  private static final int MOST_CONNECTIONS = 100;

  private final String name;
  private final List<String> instances;
  private final Duration answerTimeout;
  private final HttpClient pooled;
  private final HttpClient fresh;
  private final SharedReads<Question, ResponseEntity<byte[]>> reads = new SharedReads<>();
  private final Set<Integer> away = ConcurrentHashMap.newKeySet();
  private volatile int preferred;

  /// @param instances base URLs
  Upstream(String name, List<URI> instances, GatewaySettings settings) {
    this.name = name;
    this.instances = instances.stream().map(url -> url.toString().replaceAll("/+$", "")).toList();
    this.answerTimeout = settings.answerTimeout();
    Duration connectTimeout = settings.connectTimeout();
    this.pooled = prepared(connections(name, connectTimeout), connectTimeout);
    this.fresh =
        prepared(connections(name + "-fresh", connectTimeout), connectTimeout).keepAlive(false);
  }

  /// Asks on behalf of the caller.
  ///
  /// @return the whole answer byte for byte, whatever its status, with those of its headers that
  ///   are part of the contract; or the error {@link UpstreamAway}
  Mono<ResponseEntity<byte[]>> ask(ServerWebExchange exchange, Call call) {
    return ask(Caller.of(exchange), call);
  }

  /// Asks on behalf of a caller; of {@link Caller#ANYONE} where the gateway itself wants to know.
  Mono<ResponseEntity<byte[]>> ask(Caller caller, Call call) {
    Mono<ResponseEntity<byte[]>> asked = Mono.defer(() -> attempt(call, caller, preferred, 0));
    return call.isRead()
        ? reads
            .read(new Question(caller.organization(), call.target()), () -> asked)
            .timeout(answerTimeout.plus(LONGEST_OF_ITS_OWN))
            .onErrorMap(TimeoutException.class, silence -> new UpstreamAway(name, false, silence))
        : asked;
  }

  private Mono<ResponseEntity<byte[]>> attempt(Call call, Caller caller, int first, int tried) {
    int instance = (first + tried) % instances.size();
    AtomicBoolean sent = new AtomicBoolean();
    return answer(call, caller, instance, tried == 0 ? pooled : fresh, sent)
        .timeout(patience(call))
        .doOnNext(_ -> answered(instance))
        .onErrorResume(fault -> {
          if (isBusy(fault)) {
            return Mono.error(new UpstreamAway(name, false, fault));
          }
          if (away.add(instance)) {
            log.warn("{} {} does not answer: {}", name, instances.get(instance), fault.toString());
          }
          return isWorthAnother(call, sent.get(), fault, tried + 1)
              ? attempt(call, caller, first, tried + 1)
              : Mono.error(new UpstreamAway(name, sent.get() && !call.isRead(), fault));
        });
  }

  private void answered(int instance) {
    preferred = instance;
    if (away.remove(instance)) {
      log.info("{} {} answers again", name, instances.get(instance));
    }
  }

  /// A connection from the pool may have been dead all along, so there is a second try over a new
  /// one even where there is a single instance.
  private boolean isWorthAnother(Call call, boolean sent, Throwable fault, int tried) {
    boolean harmless = !sent || call.isRead();
    boolean mayHaveBeenDead =
        !(fault instanceof TimeoutException || fault instanceof ConnectException);
    return harmless && (tried < instances.size() || (tried == 1 && mayHaveBeenDead));
  }

  /// All connections to the instance are in use. More of them would not make it quicker, so this
  /// ends the call.
  private static boolean isBusy(Throwable fault) {
    return fault instanceof PoolAcquireTimeoutException
        || fault instanceof PoolAcquirePendingLimitException;
  }

  private Mono<ResponseEntity<byte[]>> answer(
      Call call, Caller caller, int instance, HttpClient client, AtomicBoolean sent) {
    RequestSender request =
        client
            .headers(headers -> {
              if (caller.organization() != null) {
                headers.set(ORGANIZATION, caller.organization().toString());
              }
              if (caller.user() != null && !call.isRead()) {
                headers.set(USER, URLEncoder.encode(caller.user(), UTF_8));
              }
              if (call.json() != null) {
                headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
              }
            })
            .doOnRequest((_, _) -> sent.set(true))
            .request(HttpMethod.valueOf(call.method().name()))
            .uri(instances.get(instance) + call.target());
    String json = call.json();
    return (json == null ? request : request.send(ByteBufMono.fromString(Mono.just(json))))
        .responseSingle((response, content) -> answer(call, response, content));
  }

  private static Mono<ResponseEntity<byte[]>> answer(
      Call call, HttpClientResponse response, ByteBufMono content) {
    HttpHeaders headers = new HttpHeaders();
    for (String header : RELAYED) {
      String value = response.responseHeaders().get(header);
      if (value != null) {
        headers.set(header, value);
      }
    }
    return content
        .asByteArray()
        .defaultIfEmpty(new byte[0])
        .doOnNext(body -> {
          if (call.isRead() && response.status().code() == HttpResponseStatus.OK.code()) {
            headers.setETag(EntityTag.of(body, total(headers)));
            headers.setCacheControl(ONLY_WHEN_ASKED_FOR);
          }
        })
        .map(body -> ResponseEntity.status(response.status().code()).headers(headers).body(body));
  }

  /// A list may be another though its page is the same.
  private static byte[] total(HttpHeaders headers) {
    return String.valueOf(headers.getFirst(PageLinks.TOTAL)).getBytes(UTF_8);
  }

  private Duration patience(Call call) {
    return call.isRead() ? answerTimeout.dividedBy(instances.size()) : answerTimeout;
  }

  /// At most so many to each instance, and a bounded number of calls that wait for one.
  private static ConnectionProvider connections(String name, Duration longestWait) {
    return ConnectionProvider.builder(name)
        .maxConnections(MOST_CONNECTIONS)
        .pendingAcquireMaxCount(2 * MOST_CONNECTIONS)
        .pendingAcquireTimeout(longestWait)
        .maxIdleTime(LONGEST_IDLE)
        .evictInBackground(LONGEST_IDLE)
        .build();
  }

  /// The client's own retry would send a POST twice.
  private static HttpClient prepared(ConnectionProvider connections, Duration connectTimeout) {
    return HttpClient.create(connections)
        .disableRetry(true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis());
  }

  /// What is read, and whose: who of them asks makes no difference.
  private record Question(@Nullable UUID organization, String target) {}
}

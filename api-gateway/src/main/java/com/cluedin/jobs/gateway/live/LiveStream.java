package com.cluedin.jobs.gateway.live;

import com.cluedin.jobs.service.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/// The live stream: what happens, for each who watches from where it joins, and before that what it
/// has missed. It ends before the server does, which waits for answers that go on.
public final class LiveStream implements SmartLifecycle {

  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Audience audience;
  private @Nullable Scheduler ticks;

  /// @param consumers how consumers reach the brokers
  /// @param tracker says whose a job is, and nothing where it does not know; null: everybody sees
  ///   everything
  public LiveStream(
      Map<String, Object> consumers,
      Admin admin,
      @Nullable Function<UUID, Mono<UUID>> tracker,
      JsonMapper json,
      Clock clock) {
    this.audience = new Audience(new Log(consumers, admin), new Owners(tracker), json, clock);
  }

  /// Begins to tell.
  ///
  /// @param organization whose jobs are told; null: all
  /// @param lastId the id of what was heard last; null: nothing was heard
  /// @throws Refusal 503 when too many watch
  public Flux<ServerSentEvent<String>> open(
      @Nullable UUID organization, @Nullable String lastId, ServerHttpRequest request) {
    if (audience.isFull()) {
      throw tooMany();
    }
    return Flux.defer(() -> {
      Watcher watcher = new Watcher(organization, lastId, Line.of(request));
      return audience.enter(watcher)
          ? watcher.stream().doFinally(_ -> audience.leave(watcher))
          : Flux.error(tooMany());
    });
  }

  /// How many watch.
  public int clients() {
    return audience.size();
  }

  @Override
  public void start() {
    Scheduler started = Schedulers.newSingle("live-beat", true);
    started.schedulePeriodically(
        audience::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    ticks = started;
  }

  /// Who does not take the end of the stream in time is cut off.
  @Override
  public void stop() {
    List<Watcher> last = audience.close();
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    while (last.stream().anyMatch(one -> one.line().isOpen()) && System.nanoTime() < deadline) {
      rest();
    }
    last.forEach(one -> one.line().cut());
    if (ticks != null) {
      ticks.dispose();
      ticks = null;
    }
  }

  @Override
  public boolean isRunning() {
    return ticks != null;
  }

  private static Refusal tooMany() {
    return Refusal.unavailable(
        "%d clients watch already; no more can be served. Please try again."
            .formatted(Audience.MOST));
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

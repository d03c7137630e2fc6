package com.cluedin.jobs.gateway;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// Lets those who ask the same at the same time share an answer.
///
/// While a question is being asked, all who come with the same one wait for the next asking, which
/// serves them all and begins as soon as this one is answered. So nobody gets the answer to a
/// question that was asked before they came: whoever changed something sees it. However many ask, a
/// question is asked once at a time, and not at all when nobody waits for it any more.
///
/// @param <Q> a question
/// @param <A> an answer
final class SharedReads<Q, A> {

  private final Map<Q, Asking<A>> current = new ConcurrentHashMap<>();

  /// @param ask asks it; gives one answer, or fails, and all who share it with it
  Mono<A> read(Q question, Supplier<Mono<A>> ask) {
    return Mono.defer(() -> {
      AtomicBoolean first = new AtomicBoolean();
      AtomicReference<@Nullable Asking<A>> joined = new AtomicReference<>();
      current.compute(
          question,
          (_, running) -> {
            first.set(running == null);
            joined.set(running == null ? new Asking<>() : running.next());
            return running == null ? joined.get() : running;
          });
      Asking<A> asking = requireNonNull(joined.get());
      if (first.get()) {
        begin(question, ask, asking);
      }
      return asking.answer.asMono().doOnCancel(() -> leave(question, asking));
    });
  }

  private void begin(Q question, Supplier<Mono<A>> ask, Asking<A> asking) {
    asking.call.update(
        Mono.defer(ask)
            .doFinally(_ -> goOn(question, ask))
            .subscribe(
                asking.answer::tryEmitValue,
                asking.answer::tryEmitError,
                asking.answer::tryEmitEmpty));
  }

  /// Asks again for those who came meanwhile and still wait.
  private void goOn(Q question, Supplier<Mono<A>> ask) {
    AtomicReference<@Nullable Asking<A>> following = new AtomicReference<>();
    current.computeIfPresent(
        question,
        (_, running) -> {
          following.set(running.next == null || running.next.waiting == 0 ? null : running.next);
          return following.get();
        });
    Asking<A> asking = following.get();
    if (asking != null) {
      begin(question, ask, asking);
    }
  }

  private void leave(Q question, Asking<A> asking) {
    AtomicBoolean inVain = new AtomicBoolean();
    current.computeIfPresent(
        question,
        (_, running) -> {
          asking.waiting--;
          inVain.set(running == asking && asking.waiting == 0);
          return running;
        });
    if (inVain.get()) {
      asking.call.dispose();
    }
  }

  /// One asking of a question. Changed only while its place in the map is held.
  private static final class Asking<A> {

    private final Sinks.One<A> answer = Sinks.one();
    private final Disposable.Swap call = Disposables.swap();
    private int waiting = 1;
    private @Nullable Asking<A> next;

    /// The one after it, with one more who waits.
    Asking<A> next() {
      if (next == null) {
        next = new Asking<>();
      } else {
        next.waiting++;
      }
      return next;
    }
  }
}

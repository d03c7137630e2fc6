package com.cluedin.jobs.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// Lets those who ask the same at the same time share an answer.
///
/// While a question is being asked, all who come with the same one wait for the next, which is
/// asked once for all of them as soon as this one is answered. So nobody gets the answer to a
/// question that was asked before they came: whoever changed something sees it. However many ask, a
/// question is asked once at a time, and one that nobody asks is not asked at all.
///
/// @param <Q> a question
/// @param <A> an answer
final class SharedReads<Q, A> {

  private final Map<Q, Waiting<A>> asked = new ConcurrentHashMap<>();

  /// Goes on asking though those who wait give up: others may have come.
  ///
  /// @param ask asks it; gives one answer, or fails, and all who share it with it
  Mono<A> read(Q question, Supplier<Mono<A>> ask) {
    return Mono.defer(() -> {
      Sinks.@Nullable One<A> shared = asked.compute(question, (_, others) -> joined(others)).answer;
      if (shared != null) {
        return shared.asMono();
      }
      Sinks.One<A> own = Sinks.one();
      ask(question, ask, own);
      return own.asMono();
    });
  }

  private void ask(Q question, Supplier<Mono<A>> ask, Sinks.One<A> answer) {
    Mono.defer(ask)
        .doFinally(_ -> askForThoseWhoCame(question, ask))
        .subscribe(answer::tryEmitValue, answer::tryEmitError, answer::tryEmitEmpty);
  }

  private void askForThoseWhoCame(Q question, Supplier<Mono<A>> ask) {
    AtomicReference<Sinks.@Nullable One<A>> came = new AtomicReference<>();
    asked.computeIfPresent(
        question,
        (_, others) -> {
          came.set(others.answer);
          return others.answer == null ? null : new Waiting<>(null);
        });
    Sinks.@Nullable One<A> answer = came.get();
    if (answer != null) {
      ask(question, ask, answer);
    }
  }

  private static <A> Waiting<A> joined(@Nullable Waiting<A> others) {
    if (others == null) {
      return new Waiting<>(null);
    }
    return others.answer == null ? new Waiting<>(Sinks.one()) : others;
  }

  /// Those who came while a question was being asked.
  ///
  /// @param answer what they wait for; null: nobody came yet
  private record Waiting<A>(Sinks.@Nullable One<A> answer) {}
}

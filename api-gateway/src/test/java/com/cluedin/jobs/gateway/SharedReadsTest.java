package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class SharedReadsTest {

  private final List<Sinks.One<String>> asked = new ArrayList<>();
  private final List<Integer> givenUp = new ArrayList<>();
  private final SharedReads<String, String> reads = new SharedReads<>();

  @Test
  void whoComesWhileItIsAskedSharesTheNextAnswer() {
    CompletableFuture<String> first = read("counts");
    List<CompletableFuture<String>> others =
        IntStream.range(0, 10).mapToObj(_ -> read("counts")).toList();
    assertThat(asked).hasSize(1);

    asked.get(0).tryEmitValue("old");
    assertThat(first).isCompletedWithValue("old");
    assertThat(asked).hasSize(2);
    assertThat(others).noneMatch(CompletableFuture::isDone);

    asked.get(1).tryEmitValue("new");
    assertThat(others).allMatch(other -> other.join().equals("new"));
    assertThat(asked).hasSize(2);
  }

  @Test
  void differentQuestionsDoNotWaitForEachOther() {
    read("counts");
    CompletableFuture<String> page = read("page");
    asked.get(1).tryEmitValue("of the page");
    assertThat(page).isCompletedWithValue("of the page");
  }

  @Test
  void whoGivesUpLeavesTheOthersTheirAnswer() {
    read("counts");
    Disposable gone = reads.read("counts", this::ask).subscribe();
    CompletableFuture<String> stays = read("counts");
    gone.dispose();
    asked.get(0).tryEmitValue("old");
    asked.get(1).tryEmitValue("new");
    assertThat(stays).isCompletedWithValue("new");
  }

  @Test
  void whatNobodyWaitsForIsGivenUpAndTheNextBeginsAtOnce() {
    Disposable gone = reads.read("counts", this::ask).subscribe();
    CompletableFuture<String> stays = read("counts");
    gone.dispose();
    assertThat(givenUp).containsExactly(0);
    asked.get(1).tryEmitValue("new");
    assertThat(stays).isCompletedWithValue("new");
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotAsked() {
    read("counts");
    Disposable gone = reads.read("counts", this::ask).subscribe();
    gone.dispose();
    asked.get(0).tryEmitValue("old");
    assertThat(asked).hasSize(1);

    CompletableFuture<String> later = read("counts");
    asked.get(1).tryEmitValue("later");
    assertThat(later).isCompletedWithValue("later");
  }

  @Test
  void aFailureIsToldToAllWhoShareItAndThenForgotten() {
    read("counts");
    CompletableFuture<String> second = read("counts");
    CompletableFuture<String> third = read("counts");
    asked.get(0).tryEmitValue("old");
    asked.get(1).tryEmitError(new IllegalStateException("away"));
    assertThat(second).isCompletedExceptionally();
    assertThat(third).isCompletedExceptionally();

    CompletableFuture<String> later = read("counts");
    asked.get(2).tryEmitValue("back");
    assertThat(later).isCompletedWithValue("back");
  }

  /// Each answer is a number read from what changes all the time: nobody may be given one that is
  /// older than the asking.
  @Test
  @Timeout(60)
  void nobodyIsGivenAnAnswerFromBeforeTheyAsked() throws Exception {
    AtomicInteger truth = new AtomicInteger();
    AtomicInteger questions = new AtomicInteger();
    SharedReads<String, Integer> numbers = new SharedReads<>();
    Mono<Integer> read =
        Mono.defer(() -> {
          questions.incrementAndGet();
          return Mono.fromSupplier(truth::get).delayElement(Duration.ofMillis(1));
        });
    int people = 8;
    int times = 300;
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int person = 0; person < people; person++) {
        done.add(
            threads.submit(() -> {
              for (int i = 0; i < times; i++) {
                int written = truth.incrementAndGet();
                assertThat(numbers.read("truth", () -> read).block())
                    .isGreaterThanOrEqualTo(written);
              }
            }));
      }
    }
    for (Future<?> each : done) {
      each.get();
    }
    assertThat(questions.get()).isLessThan(people * times / 2);
  }

  @Test
  void manyWhoAskAndGiveUpAtOnceGetTheAnswersToTheirOwnQuestions() {
    SharedReads<Integer, Integer> numbers = new SharedReads<>();
    List<Boolean> right =
        Flux.range(0, 5_000)
            .flatMap(
                i -> {
                  int question = i % 3;
                  Mono<Integer> answer =
                      numbers.read(
                          question,
                          () -> Mono.just(question).delayElement(Duration.ofNanos(1_000)));
                  return i % 5 == 0
                      ? answer.timeout(Duration.ofNanos(500), Mono.just(question)).map(_ -> true)
                      : answer.map(it -> it == question);
                },
                5_000)
            .collectList()
            .blockOptional(Duration.ofSeconds(30))
            .orElseThrow();
    assertThat(right).hasSize(5_000).containsOnly(true);
  }

  private CompletableFuture<String> read(String question) {
    return reads.read(question, this::ask).toFuture();
  }

  private Mono<String> ask() {
    int number = asked.size();
    Sinks.One<String> answer = Sinks.one();
    asked.add(answer);
    return answer.asMono().doOnCancel(() -> givenUp.add(number));
  }
}

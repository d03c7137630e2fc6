package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class SharedReadsTest {

  private final List<Sinks.One<String>> asked = new ArrayList<>();
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
    Disposable gone = reads.read("counts", this::ask).subscribe();
    CompletableFuture<String> stays = read("counts");
    gone.dispose();
    asked.get(0).tryEmitValue("old");
    asked.get(1).tryEmitValue("new");
    assertThat(stays).isCompletedWithValue("new");
  }

  @Test
  void aFailureIsToldToAllWhoShareItAndThenForgotten() {
    CompletableFuture<String> first = read("counts");
    CompletableFuture<String> second = read("counts");
    asked.get(0).tryEmitError(new IllegalStateException("away"));
    assertThat(first).isCompletedExceptionally();
    asked.get(1).tryEmitValue("back");
    assertThat(second).isCompletedWithValue("back");

    CompletableFuture<String> later = read("counts");
    asked.get(2).tryEmitValue("later");
    assertThat(later).isCompletedWithValue("later");
  }

  /// Each answer is a number read from what changes all the time: nobody may be given one that is
  /// older than the asking.
  @Test
  void nobodyIsGivenAnAnswerFromBeforeTheyAsked() throws InterruptedException {
    AtomicInteger truth = new AtomicInteger();
    AtomicInteger questions = new AtomicInteger();
    SharedReads<String, Integer> numbers = new SharedReads<>();
    int people = 8;
    int times = 300;
    CountDownLatch done = new CountDownLatch(people);
    List<String> stale = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      Thread.ofVirtual()
          .start(() -> {
            for (int i = 0; i < times; i++) {
              int written = truth.incrementAndGet();
              int read =
                  numbers
                      .read(
                          "truth",
                          () -> {
                            questions.incrementAndGet();
                            return Mono.fromSupplier(truth::get).delayElement(Duration.ofMillis(1));
                          })
                      .blockOptional()
                      .orElseThrow();
              if (read < written) {
                synchronized (stale) {
                  stale.add(read + " after " + written + " was written");
                }
              }
            }
            done.countDown();
          });
    }
    done.await();
    assertThat(stale).isEmpty();
    assertThat(questions.get()).isLessThan(people * times / 2);
  }

  @Test
  void manyWhoAskAtOnceAreAllAnswered() {
    SharedReads<Integer, Integer> numbers = new SharedReads<>();
    List<Integer> answers =
        Flux.range(0, 2_000)
            .flatMap(
                i ->
                    numbers.read(
                        i % 3, () -> Mono.just(i % 3).delayElement(Duration.ofNanos(1_000))),
                2_000)
            .collectList()
            .blockOptional(Duration.ofSeconds(20))
            .orElseThrow();
    assertThat(answers).hasSize(2_000);
  }

  private CompletableFuture<String> read(String question) {
    return reads.read(question, this::ask).toFuture();
  }

  private Mono<String> ask() {
    Sinks.One<String> answer = Sinks.one();
    asked.add(answer);
    return answer.asMono();
  }
}

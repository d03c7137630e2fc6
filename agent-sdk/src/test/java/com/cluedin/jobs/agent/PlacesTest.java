package com.cluedin.jobs.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlacesTest {

  @Test
  void givesTheOnlyOneAllThatAPowerOfTwoCanBe() throws Exception {
    Places places = new Places(13, 1);

    assertThat(places.reserve()).isEqualTo(8);
    places.waitsNoMore();
    assertThat(places.reserve()).isEqualTo(4);
    places.waitsNoMore();
    assertThat(places.reserve()).isEqualTo(1);
  }

  @Test
  void ofSeveralEachKeepsAQuarterOfItsShare() throws Exception {
    Places places = new Places(30, 2);

    assertThat(places.reserve()).isEqualTo(2); // of 30 / 2 / 4
    assertThat(places.reserve()).isEqualTo(4); // of 28 / 4
    places.waitsNoMore();
    assertThat(places.reserve()).isEqualTo(4); // of 24 / 4
  }

  @Test
  void takesWhatOthersLeaveWhenItIsTheLastWithoutAny() throws Exception {
    Places places = new Places(2, 2);
    places.reserve();
    places.reserve();
    places.waitsNoMore(); // it has a job for its one
    CompletableFuture<Integer> next =
        CompletableFuture.supplyAsync(() -> {
          try {
            return places.reserve();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(next).isNotDone();

    places.leave(1);

    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void waitsNoLongerThanAMomentForMoreRoom() throws Exception {
    Places places = new Places(64, 1);
    places.reserve();
    places.waitsNoMore();
    places.leave(1);

    long before = System.nanoTime();
    assertThat(places.reserve()).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void hasNoneWhenClosed() throws Exception {
    Places places = new Places(4, 1);
    places.close();
    assertThat(places.reserve()).isZero();
  }
}

package com.cluedin.jobs.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Who watches, where every thread that follows the log dies at once.
class AudienceTest {

  private final AtomicInteger deaths = new AtomicInteger();
  private final Map<String, Object> deadly =
      new AbstractMap<>() {
        @Override
        public Set<Entry<String, Object>> entrySet() {
          deaths.incrementAndGet();
          throw new AssertionError("as expected by the test");
        }
      };
  private final Audience audience =
      new Audience(new Log(deadly, null), new Owners(null), new JsonMapper(), Clock.systemUTC());

  @AfterEach
  void close() {
    audience.close();
  }

  @Test
  void aThreadThatDiedIsReplaced() {
    audience.enter(watcher());
    await()
        .dontCatchUncaughtExceptions()
        .until(() -> {
          audience.tick();
          return deaths.get() >= 3;
        });
  }

  @Test
  void oneTooManyIsNotLetIn() {
    for (int i = 0; i < Audience.MOST; i++) {
      assertThat(audience.enter(watcher())).isTrue();
    }
    assertThat(audience.enter(watcher())).isFalse();
    assertThat(audience.size()).isEqualTo(Audience.MOST);
  }

  private static Watcher watcher() {
    return new Watcher(null, null, new OpenLine());
  }
}

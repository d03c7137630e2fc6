package com.cluedin.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackProcessTest {

  private final AtomicInteger starts = new AtomicInteger();
  @TempDir Path folder;

  @Test
  void isStartedOnceByManyWhoFindItAway() {
    StackProcess process = new StackProcess("sleeper", URI.create("http://localhost"), sleeper());
    try {
      List<CompletableFuture<Boolean>> all =
          Stream.generate(() ->
                  CompletableFuture.supplyAsync(process::beginIfAway, Thread::startVirtualThread))
              .limit(20)
              .toList();

      assertThat(all.stream().filter(CompletableFuture::join)).hasSize(1);
      assertThat(starts).hasValue(1);
    } finally {
      process.kill();
    }
  }

  private StackProcess.Launch sleeper() {
    return new StackProcess.Launch() {
      @Override
      public ChildProcess start(Map<String, String> more) {
        starts.incrementAndGet();
        return ChildProcess.start(
            "sleeper",
            new LogFile(folder.resolve("sleeper.log")),
            List.of("sleep", "60"),
            more,
            ChildProcess.Farewell.TERM);
      }

      @Override
      public void awaitReady(ChildProcess child) {}
    };
  }
}

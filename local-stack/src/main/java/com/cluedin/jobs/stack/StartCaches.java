package com.cluedin.jobs.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Makes the start-up caches of all processes: by a stack of its own that starts, does a little,
/// and writes them at its end. Once for each build and JDK.
final class StartCaches {

  private StartCaches() {}

  /// Without them all works as well, and starts slower; so what goes wrong here is told and no
  /// more.
  static void makeMissing(StackSettings settings, Consumer<String> told) {
    if (Stream.concat(ofServices(settings), Neighbourhood.kafkaStartCache().stream())
        .allMatch(StartCache::exists)) {
      return;
    }
    System.out.println("Preparing quick starts, once after a build");
    Path folder = TemporaryFolder.make("training");
    try {
      StackSettings small = StackSettings.of(folder).withGateways(settings.gateways());
      LocalStack stack =
          LocalStack.start(
              small.withTrackers(settings.trackers()).withAgents(1),
              DataFolder.take(folder, told),
              true,
              told);
      try (stack) {
        if (settings.gateways() > 0) {
          Samples.enable(stack.address(), folder.resolve("samples"));
        }
        told.accept("writing what was learned");
      }
    } catch (StackException | IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new StackException("The preparation was interrupted.", e);
      }
      told.accept("Starts stay slower: " + e.getMessage());
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static Stream<StartCache> ofServices(StackSettings settings) {
    return Arrays.stream(Service.values())
        .filter(service -> settings.count(service) > 0)
        .map(service -> AppJar.of(service).cache());
  }
}

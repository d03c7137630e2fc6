package com.cluedin.jobs.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Makes the start-up caches of all processes: by a stack of its own that starts, does a little,
/// and writes them at its end. Once for each build and JDK.
final class StartCaches {

  private StartCaches() {}

  private static boolean tried;

  /// Without them all works as well, and starts slower; so what goes wrong here is told and no
  /// more, and not tried twice. Who comes while another makes them waits for that.
  static synchronized void makeMissing(Consumer<String> told) {
    if (tried) {
      return;
    }
    tried = true;
    try (FileChannel lock =
        FileChannel.open(
            Neighbourhood.startCachesLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      if (!areThere()) {
        System.out.println("Preparing quick starts, once after a build");
        make(told);
      }
    } catch (StackException | IOException | UncheckedIOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new StackException("The preparation was interrupted.", e);
      }
      told.accept("Starts stay slower: " + e.getMessage());
    }
  }

  private static void make(Consumer<String> told) throws IOException {
    Path folder = TemporaryFolder.make("training");
    try (LocalStack stack =
        LocalStack.start(
            StackSettings.of(folder).withAgents(1), DataFolder.take(folder, told), true, told)) {
      Samples.enable(stack.address(), folder.resolve("samples"));
      told.accept("writing what was learned");
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private static boolean areThere() {
    return Stream.concat(
            Arrays.stream(Service.values()).map(service -> AppJar.of(service).cache()),
            Neighbourhood.kafkaStartCache().stream())
        .allMatch(StartCache::exists);
  }
}

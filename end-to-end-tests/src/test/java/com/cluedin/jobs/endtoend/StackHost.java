package com.cluedin.jobs.endtoend;

import com.cluedin.jobs.stack.LocalStack;
import com.cluedin.jobs.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Path;

/// Holds a stack in a process of its own, made to be killed.
final class StackHost {

  private StackHost() {}

  /// Runs until its input ends, or it is killed.
  ///
  /// @param args the data folder
  public static void main(String[] args) throws IOException {
    try (LocalStack _ = LocalStack.start(settings(Path.of(args[0])), System.out::println)) {
      System.out.println("started");
      System.in.readAllBytes();
    }
  }

  /// What outlives what does not depend on how many services there are.
  static StackSettings settings(Path data) {
    return StackSettings.of(data).withTrackers(0).withGateways(0).withAgents(1);
  }

  static Process fork(Path data, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            StackHost.class.getName(),
            data.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}

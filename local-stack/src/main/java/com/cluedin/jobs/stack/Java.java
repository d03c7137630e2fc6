package com.cluedin.jobs.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a child JVM: the same JDK as this one, small and quick to start.
final class Java {

  /// For services on a machine they share with all others: without the second compiler they start
  /// with half the work, and a desk asks for less than they can do all the same.
  static final List<String> SMALL =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=64m",
          "-Xss512k",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// Heaps on pages of 2 MiB, where there are such (decision 24). Only Linux knows the flag.
  private static final List<String> HUGE_PAGES =
      System.getProperty("os.name").equals("Linux")
          ? List.of("-XX:+UseTransparentHugePages")
          : List.of();

  private Java() {}

  static List<String> command(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(HUGE_PAGES);
    command.addAll(flags);
    command.addAll(List.of(arguments));
    return command;
  }
}

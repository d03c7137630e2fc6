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

  /// For all. Heaps on huge pages, where there are such, do more work with the same processors, and
  /// objects with small headers make them smaller; what native code has freed is given back every
  /// ten seconds (decision 24). Only Linux knows the third flag; the fourth needs its glibc.
  static final List<String> HEAP =
      System.getProperty("os.name").equals("Linux")
          ? List.of(
              "-XX:+UseSerialGC",
              "-XX:+UseCompactObjectHeaders",
              "-XX:+UseTransparentHugePages",
              "-XX:TrimNativeHeapInterval=10000")
          : List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

  private Java() {}

  static List<String> command(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(HEAP);
    command.addAll(flags);
    command.addAll(List.of(arguments));
    return command;
  }
}

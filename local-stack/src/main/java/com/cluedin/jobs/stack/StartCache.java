package com.cluedin.jobs.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a JVM keeps of one start to be quicker at the next: classes loaded and linked (JEP 483,
/// 514). It fits one build, one JDK and one kind of heap. The JVM checks it and does without it
/// when it does not fit.
///
/// @param file where it is, or would be
record StartCache(Path file) {

  /// How methods were compiled is not kept: a start without the second compiler would teach all
  /// later ones, also those that have it, never to give it a method (decision 25).
  private static final List<String> WITHOUT_PROFILES =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-AOTRecordTraining");

  private static final String SILENT = "-Xlog:aot=off,cds=off,aot*=off,cds*=off";

  /// @param base the path without what names JDK and flags
  static StartCache in(Path base) {
    String jdk = Runtime.version().toString().replaceAll("[^0-9A-Za-z.]", "-");
    String flags = Integer.toHexString(Objects.hash(Java.HEAP, WITHOUT_PROFILES));
    return new StartCache(
        base.resolveSibling("%s-%s-%s.aot".formatted(base.getFileName(), jdk, flags)));
  }

  boolean exists() {
    return Files.exists(file);
  }

  /// Flags for a start that uses it, where it is there.
  List<String> use() {
    return exists() ? List.of("-XX:AOTCache=" + file, SILENT) : List.of();
  }

  /// Flags for a start that makes it, at its end.
  List<String> make() {
    List<String> flags = new ArrayList<>(WITHOUT_PROFILES);
    flags.addAll(List.of("-XX:AOTCacheOutput=" + file, SILENT));
    return flags;
  }
}

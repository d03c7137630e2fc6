package com.cluedin.jobs.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a JVM keeps of one start to be quicker at the next: classes loaded and linked, and profiles
/// of methods (JEP 483, 514, 515). It fits one build, one JDK and one kind of heap. The JVM checks
/// it and does without it when it does not fit.
///
/// @param file where it is, or would be
record StartCache(Path file) {

  /// @param base the path without what names JDK and heap
  static StartCache in(Path base) {
    String jdk = Runtime.version().toString().replaceAll("[^0-9A-Za-z.]", "-");
    String heap = Integer.toHexString(Java.HEAP.hashCode());
    return new StartCache(
        base.resolveSibling("%s-%s-%s.aot".formatted(base.getFileName(), jdk, heap)));
  }

  boolean exists() {
    return Files.exists(file);
  }

  /// Flags for a start that uses it, where it is there.
  List<String> use() {
    return exists()
        ? List.of("-XX:AOTCache=" + file, "-Xlog:aot=off,cds=off,aot*=off,cds*=off")
        : List.of();
  }

  /// Flags for a start that makes it, at its end.
  List<String> make() {
    return List.of("-XX:AOTCacheOutput=" + file, "-Xlog:aot=off,cds=off,aot*=off,cds*=off");
  }
}

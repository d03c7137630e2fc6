package com.cluedin.jobs.stack;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/// What the build puts beside this module's classes or jar, and beside this module, for processes
/// of their own: the class path of the Kafka broker, the PostgreSQL binaries, the jars of the
/// services. None of it is on the class path of those who use this module.
final class Neighbourhood {

  private Neighbourhood() {}

  /// The broker's class path, and this module's classes behind it.
  static String kafkaClassPath() {
    Path list = ownPlace().resolveSibling("kafka.classpath");
    try {
      return Files.readString(list).strip() + ":" + ownPlace();
    } catch (IOException e) {
      throw new StackException(list + " is missing; build local-stack with Maven.", e);
    }
  }

  /// The archive of PostgreSQL for this platform.
  static Path postgresArchive() {
    Path folder = ownPlace().resolveSibling("postgres");
    try (Stream<Path> files =
        Files.find(folder, 2, (file, _) -> file.toString().endsWith(".txz"))) {
      List<Path> archives = files.sorted().toList();
      return archives.getLast();
    } catch (IOException | NoSuchElementException e) {
      throw new StackException(folder + " has no archive; build local-stack with Maven.", e);
    }
  }

  /// The jar of a service, with all it needs inside.
  static Path executableJar(String module) {
    Path folder = ownPlace().resolve("../../..").normalize().resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith("-exec.jar")).findFirst().orElseThrow();
    } catch (IOException | NoSuchElementException e) {
      throw new StackException(folder + " has no executable jar; build it with Maven.", e);
    }
  }

  /// Where the broker's start-up cache belongs; none where this module's classes are a folder,
  /// which no cache can hold.
  static Optional<StartCache> kafkaStartCache() {
    if (Files.isDirectory(ownPlace())) {
      return Optional.empty();
    }
    return Optional.of(StartCache.in(ownPlace().resolveSibling("kafka")));
  }

  /// Held by whoever makes start-up caches.
  static Path startCachesLock() {
    return ownPlace().resolveSibling("start-caches.lock");
  }

  private static Path ownPlace() {
    try {
      return Path.of(
              Neighbourhood.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new StackException("The place of local-stack is no path.", e);
    }
  }
}

package com.cluedin.jobs.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A service's executable jar, taken apart so that the JVM finds its libraries on the class path,
/// which a start-up cache needs. It lies beside the jar, in a folder named for its content, and the
/// cache lies with it: a new build has a new folder and thus no old cache.
///
/// @param file the jar to run
record AppJar(Path file) {

  private static final Duration EXTRACT_TIMEOUT = Duration.ofSeconds(60);

  /// Finds it, and takes it apart when that was not done yet. Processes that do so side by side do
  /// not disturb each other.
  static AppJar of(Service service) {
    Path jar = Neighbourhood.executableJar(service.module());
    Path all = jar.resolveSibling("extracted");
    Path folder = all.resolve(Long.toHexString(fingerprint(jar)));
    if (!Files.isDirectory(folder)) {
      TemporaryFolder.delete(all);
      extract(jar, folder);
    }
    return new AppJar(folder.resolve(jar.getFileName()));
  }

  StartCache cache() {
    return StartCache.in(file.resolveSibling("start"));
  }

  private static void extract(Path jar, Path folder) {
    try {
      Files.createDirectories(folder.getParent());
      Path draft = Files.createTempDirectory(folder.getParent(), "extracting-");
      LogFile log = new LogFile(draft.resolve("extract.log"));
      ChildProcess.start(
              "the extraction of " + jar.getFileName(),
              log,
              Java.command(
                  List.of("-XX:TieredStopAtLevel=1", "-Djarmode=tools"),
                  "-jar",
                  jar.toString(),
                  "extract",
                  "--force",
                  "--destination",
                  draft.toString()),
              Map.of(),
              ChildProcess.Farewell.TERM)
          .awaitSuccess(EXTRACT_TIMEOUT);
      TemporaryFolder.place(draft, folder);
    } catch (IOException e) {
      throw new StackException(jar + " cannot be taken apart: " + e.getMessage(), e);
    }
  }

  /// Of the table of contents: names and checksums. Builds that can be repeated give all files the
  /// same time.
  private static long fingerprint(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      CRC32 sum = new CRC32();
      for (ZipEntry entry : zip.stream().toList()) {
        sum.update(entry.getName().getBytes(UTF_8));
        sum.update(ByteBuffer.allocate(8).putLong(entry.getCrc()).flip());
      }
      return sum.getValue();
    } catch (IOException e) {
      throw new StackException(jar + " cannot be read: " + e.getMessage(), e);
    }
  }
}

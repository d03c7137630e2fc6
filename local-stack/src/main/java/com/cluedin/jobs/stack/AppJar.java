package com.cluedin.jobs.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.jar.Attributes.Name.CLASS_PATH;
import static java.util.jar.Attributes.Name.MAIN_CLASS;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A service's executable jar, taken apart so that the JVM finds its libraries on the class path,
/// which a start-up cache needs. It lies beside the jar, in a folder named for its content, and the
/// cache lies with it: a new build has a new folder and thus no old cache.
///
/// @param file the jar to run
record AppJar(Path file) {

  private static final String LIBRARIES = "BOOT-INF/lib/";
  private static final String CLASSES = "BOOT-INF/classes/";

  private static final Duration LONG_UNUSED = Duration.ofDays(7);

  /// Finds it, and takes it apart when that was not done yet. Processes that do so side by side do
  /// not disturb each other. What older builds left goes once no start has used it for a week:
  /// until then, a stack may run on it.
  static AppJar of(Service service) {
    Path jar = Neighbourhood.executableJar(service.module());
    Path all = jar.resolveSibling("extracted");
    Path folder = all.resolve(Long.toHexString(fingerprint(jar)));
    if (!Files.isDirectory(folder)) {
      deleteUnused(all, Instant.now().minus(LONG_UNUSED));
      extract(jar, folder);
    }
    touch(folder);
    return new AppJar(folder.resolve(jar.getFileName()));
  }

  StartCache cache() {
    return StartCache.in(file.resolveSibling("start"));
  }

  /// @param since when a folder must have been used to stay
  static void deleteUnused(Path all, Instant since) {
    if (!Files.exists(all)) {
      return;
    }
    try (Stream<Path> folders = Files.list(all)) {
      for (Path folder : folders.toList()) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(since)) {
          TemporaryFolder.delete(folder);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // another start deletes it too, or the next one will
    }
  }

  private static void touch(Path folder) {
    try {
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw new StackException(folder + " cannot be written to.", e);
    }
  }

  private static void extract(Path jar, Path folder) {
    try {
      Files.createDirectories(folder.getParent());
      Path draft = Files.createTempDirectory(folder.getParent(), "extracting-");
      Files.createDirectories(draft.resolve("lib"));
      try (JarFile from = new JarFile(jar.toFile())) {
        List<JarEntry> libraries = below(LIBRARIES, from);
        for (JarEntry library : libraries) {
          try (InputStream bytes = from.getInputStream(library)) {
            Files.copy(bytes, draft.resolve("lib").resolve(shortName(LIBRARIES, library)));
          }
        }
        writeClasses(from, manifest(from, libraries), draft.resolve(jar.getFileName()));
      }
      TemporaryFolder.place(draft, folder);
    } catch (IOException e) {
      throw new StackException(jar + " cannot be taken apart: " + e.getMessage(), e);
    }
  }

  private static Manifest manifest(JarFile from, List<JarEntry> libraries) throws IOException {
    Manifest manifest = new Manifest(from.getManifest());
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(MAIN_CLASS, attributes.getValue("Start-Class"));
    attributes.put(
        CLASS_PATH,
        libraries.stream()
            .map(library -> "lib/" + shortName(LIBRARIES, library))
            .collect(Collectors.joining(" ")));
    return manifest;
  }

  private static void writeClasses(JarFile from, Manifest manifest, Path to) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
      for (JarEntry entry : below(CLASSES, from)) {
        out.putNextEntry(new JarEntry(shortName(CLASSES, entry)));
        try (InputStream bytes = from.getInputStream(entry)) {
          bytes.transferTo(out);
        }
      }
    }
  }

  private static List<JarEntry> below(String folder, JarFile jar) {
    return jar.stream()
        .filter(entry -> entry.getName().startsWith(folder) && !entry.getName().equals(folder))
        .toList();
  }

  private static String shortName(String folder, JarEntry entry) {
    return entry.getName().substring(folder.length());
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

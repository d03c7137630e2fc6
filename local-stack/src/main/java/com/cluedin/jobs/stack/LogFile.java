package com.cluedin.jobs.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// What a child process prints, in a file that outlives it.
///
/// @param file where it is; made when the process starts
record LogFile(Path file) {

  private static final int TAIL_BYTES = 16 * 1024;

  /// Puts what is there aside, under a name of its own, so that logs grow for one start only.
  LogFile rotated() {
    try {
      if (Files.exists(file)) {
        Path aside = file.resolveSibling(file.getFileName() + ".1");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long size() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the text stands behind that many bytes of the file.
  boolean contains(String text, long from) {
    return read(from).contains(text);
  }

  /// The last lines.
  String tail(int lines) {
    List<String> all = read(Math.max(0, size() - TAIL_BYTES)).lines().toList();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  private String read(long from) {
    if (size() <= from) {
      return "";
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(open.length() - from, 1 << 20)];
      open.seek(from);
      open.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

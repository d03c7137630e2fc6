package com.cluedin.jobs.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a child process prints, in a file that outlives it.
///
/// @param file where it is; made when the process starts
record LogFile(Path file) {

  private static final int TAIL_BYTES = 16 * 1024;

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
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size() - from, 1 << 20));
      channel.read(bytes, from);
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

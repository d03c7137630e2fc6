package com.cluedin.jobs.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/// A file to which everything that happens is added, one line of JSON each. It begins anew with
/// each run of the suite.
final class Journal {

  /// What was asked and answered, and what was done to processes.
  static final Journal REQUESTS = new Journal(Path.of("target", "faults", "journal.jsonl"));

  /// What the topics said at the end of each fault.
  static final Journal TOPICS = new Journal(Path.of("target", "faults", "topics.jsonl"));

  private final JsonMapper json = new JsonMapper();
  private final BufferedWriter file;

  private Journal(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      file = Files.newBufferedWriter(path, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void add(Object line) {
    try {
      file.write(json.writeValueAsString(line));
      file.newLine();
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

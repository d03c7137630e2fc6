package com.cluedin.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path parent;
  private final List<String> told = new ArrayList<>();

  @Test
  void isMadeWhenItIsNotThere() {
    DataFolder.take(folder(), told::add).close();

    assertThat(folder()).isDirectory();
    assertThat(told).isEmpty();
  }

  @Test
  void refusesAFolderThatHoldsSomethingElse() throws Exception {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("letters"), "dear");

    refuses("holds something else");

    assertThat(folder().resolve("letters")).hasContent("dear");
  }

  @Test
  void refusesAFile() throws Exception {
    Files.writeString(folder(), "dear");

    refuses("is a file");
  }

  @Test
  void isHeldByOneAtATime() {
    DataFolder first = DataFolder.take(folder(), told::add);

    refuses("is in use by another stack");

    first.close();
    DataFolder.take(folder(), told::add).close();
  }

  @Test
  void throwsEverythingAwayAndStaysOurs() throws Exception {
    DataFolder data = DataFolder.take(folder(), told::add);
    Files.createDirectories(data.resolve("kafka/data"));
    Files.writeString(data.resolve("kafka/data/0.log"), "jobs");

    data.clear();
    data.close();

    assertThat(data.resolve("kafka")).doesNotExist();
    DataFolder.take(folder(), told::add).close();
  }

  @Test
  void endsTheProcessesOfTheLastStartAndNoOthers() throws Exception {
    Process orphan = new ProcessBuilder("sleep", "100").start();
    Process stranger = new ProcessBuilder("sleep", "100").start();
    try {
      DataFolder.take(folder(), told::add).close();
      Files.writeString(
          folder().resolve("processes"),
          """
          %d %s kafka
          %d 2020-01-01T00:00:00Z postgres
          torn line
          """
              .formatted(orphan.pid(), orphan.info().startInstant().orElseThrow(), stranger.pid()));

      DataFolder.take(folder(), told::add).close();

      assertThat(orphan.isAlive()).isFalse();
      assertThat(stranger.isAlive()).isTrue();
      assertThat(told).containsExactly("Ending kafka, left over from the last start");
    } finally {
      orphan.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  private Path folder() {
    return parent.resolve("data");
  }

  private void refuses(String why) {
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> DataFolder.take(folder(), told::add))
        .withMessageContaining(why)
        .withMessageContaining(folder().toString());
  }
}

package com.cluedin.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppJarTest {

  private static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");

  @TempDir Path all;

  @Test
  void deletesWhatWasNotUsedForLongAndNothingElse() throws Exception {
    Path old = used("1a2b", Duration.ofDays(8));
    Path running = used("3c4d", Duration.ofDays(6));
    Path oldDraft = used("extracting-1", Duration.ofDays(8));
    Path draft = used("extracting-2", Duration.ofMinutes(1));

    AppJar.deleteUnused(all, NOW.minus(Duration.ofDays(7)));

    assertThat(old).doesNotExist();
    assertThat(oldDraft).doesNotExist();
    assertThat(running.resolve("app.jar")).exists();
    assertThat(draft.resolve("app.jar")).exists();
  }

  @Test
  void hasNothingToDeleteAtTheFirstStart() {
    AppJar.deleteUnused(all.resolve("extracted"), NOW);

    assertThat(all).isEmptyDirectory();
  }

  private Path used(String name, Duration ago) throws Exception {
    Path folder = Files.createDirectories(all.resolve(name));
    Files.writeString(folder.resolve("app.jar"), "classes");
    Files.setLastModifiedTime(folder, FileTime.from(NOW.minus(ago)));
    return folder;
  }
}

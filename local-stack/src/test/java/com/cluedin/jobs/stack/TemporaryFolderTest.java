package com.cluedin.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

  @TempDir Path all;

  @Test
  void ofTwoThatMakeTheSameFolderTheFirstOneCounts() throws Exception {
    Path folder = all.resolve("made");

    TemporaryFolder.place(draft("first"), folder);
    TemporaryFolder.place(draft("second"), folder);

    assertThat(folder.resolve("maker")).hasContent("first");
    assertThat(all).isDirectoryNotContaining("glob:**draft-*");
  }

  private Path draft(String maker) throws Exception {
    Path draft = Files.createDirectory(all.resolve("draft-" + maker));
    Files.writeString(draft.resolve("maker"), maker);
    return draft;
  }
}

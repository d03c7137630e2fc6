package com.cluedin.jobs.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheIT {

  private static final String USED_OR_FAILED = "-XX:AOTMode=on";

  /// Inlined into a loop that is compiled, a method is not called often enough any more.
  private static final String NOT_INLINED =
      "-XX:CompileCommand=dontinline,%s::next".formatted(Busy.class.getName());

  @TempDir Path folder;

  @Test
  void leavesMethodsToTheSecondCompilerThoughItWasMadeWithoutThat() throws Exception {
    StartCache cache = StartCache.in(folder.resolve("start"));
    Path jar = folder.resolve("busy.jar");
    write(jar, Busy.class);

    run(jar, cache.make(), "-XX:TieredStopAtLevel=1");
    assertThat(cache.exists()).isTrue();

    assertThat(run(jar, cache.use(), USED_OR_FAILED, "-XX:+PrintCompilation", NOT_INLINED))
        .anyMatch(line -> line.matches(".* 4 +\\Q" + Busy.class.getName() + "\\E::next .*"));
  }

  private static List<String> run(Path jar, List<String> flags, String... more) throws Exception {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    Path said = jar.resolveSibling("said");
    Process process =
        new ProcessBuilder(Java.command(all, "-cp", jar.toString(), Busy.class.getName()))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(said, UTF_8);
    assertThat(process.exitValue()).as(() -> String.join("\n", lines)).isZero();
    return lines;
  }

  private static void write(Path jar, Class<?> its) throws Exception {
    String file = its.getName().replace('.', '/') + ".class";
    try (OutputStream to = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(to);
        InputStream from = its.getClassLoader().getResourceAsStream(file)) {
      entries.putNextEntry(new JarEntry(file));
      from.transferTo(entries);
    }
  }

  /// A program with a method that is called often.
  static final class Busy {

    private Busy() {}

    static long next(long number) {
      return number % 2 == 0 ? number / 2 : 3 * number + 1;
    }

    public static void main(String[] args) {
      long number = 0;
      for (long i = 0; i < 20_000_000; i++) {
        number = number < 2 ? i : next(number);
      }
      System.out.println(number);
    }
  }
}

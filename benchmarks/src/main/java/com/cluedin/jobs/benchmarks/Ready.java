package com.cluedin.jobs.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// How long `./run` takes to say that it is ready, on data of an earlier start.
final class Ready {

  private static final int REPETITIONS = 3;
  private static final long PATIENCE_SECONDS = 60;

  private Ready() {}

  static void measure(Path root, Path data, Report report) throws Exception {
    double[] seconds = new double[REPETITIONS];
    for (int i = -1; i < REPETITIONS; i++) {
      double took = start(root, data);
      if (i >= 0) {
        seconds[i] = took;
      }
    }
    report.add("ready", "s", seconds);
  }

  private static double start(Path root, Path data) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process run =
        new ProcessBuilder(
                root.resolve("run").toString(), "--port", freePort(), "--data", data.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = run.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("Ready in ")) {
          return (System.nanoTime() - began) / 1e9;
        }
      }
      throw new IOException("./run ended with " + run.waitFor());
    } finally {
      run.destroy();
      if (!run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        run.destroyForcibly();
      }
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return String.valueOf(door.getLocalPort());
    }
  }
}

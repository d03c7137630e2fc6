package com.cluedin.jobs.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What was measured so far: each figure is told and written at once, so that a run that breaks off
/// has told what it knew.
final class Report {

  private final Path file;
  private final List<Result> results = new ArrayList<>();

  /// @param folder gets `results.tsv`
  Report(Path folder) {
    this.file = folder.resolve("results.tsv");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(Result result) {
    results.add(result);
    System.out.println(result.tsv());
    try {
      Files.writeString(file, result.tsv() + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(String measure, String unit, double... repetitions) {
    add(Result.of(measure, unit, repetitions));
  }

  List<Result> results() {
    return List.copyOf(results);
  }

  void say(String sentence) {
    System.out.println("# " + sentence);
  }

  void printTable() {
    System.out.println("\n| measure | value | min … max |\n|---|---|---|");
    results.forEach(result -> System.out.println(result.row()));
  }
}

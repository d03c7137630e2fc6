package com.cluedin.jobs.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// Takes the measures that are named, or all of them, and tells what came out: figure by figure as
/// lines of TSV, and in the end as a table.
public final class Benchmarks {

  private static final String HELP =
      """
      usage: benchmarks/run [--jobs N]... [MEASURE]...

      Without a measure: all of them. Each is taken on a stack that holds N jobs already; several
      numbers one after the other; 10,000,000 unless told otherwise, and the three of growth for all.
      Data are kept in benchmarks/target/data, figures in benchmarks/target/results.tsv.

        ready            the second ./run, to "Ready"
        micro            JMH: the evaluator of cron, the merge of states
        raw              what PostgreSQL and Kafka can do by themselves; what others come to of that
        counts           GET jobstatecount, at 100 requests a second
        page             GET jobs: first, 10,000th and last page, filters, orders
        reads            counts and first pages, while 2,000 events a second come in
        start_latency    a trigger, to the agent that has the job
        visible_latency  the end of a crawl, to the gateway's answer that shows it
        fire_lag         10,000 job types due the same second
        hand_out         20,000 jobs that do nothing, from a queue to two agents
        drain            20,000 jobs that do nothing, triggered and completed
        projection       events from Kafka into rows and tallies
        memory           resident and idle; under load it is told with drain
        growth           all that are taken on a stack, at 100,000, 1,000,000 and 10,000,000 jobs
      """;

  private static final List<Long> SIZES = List.of(100_000L, 1_000_000L, 10_000_000L);

  private final Path root = Path.of("..").toAbsolutePath().normalize();
  private final Path target = Path.of("target").toAbsolutePath();
  private final Report report = new Report(target);

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    if (List.of(args).contains("--help")) {
      System.out.print(HELP);
      return;
    }
    Asked asked;
    try {
      asked = Asked.of(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; see benchmarks/run --help");
      System.exit(2);
      return;
    }
    new Benchmarks().take(asked);
  }

  /// @param names of what is not taken on a stack
  /// @param measures on a stack
  /// @param sizes how many jobs it holds; empty: as usual
  private record Asked(List<String> names, List<Measure> measures, List<Long> sizes) {

    private static final List<String> BESIDES = List.of("ready", "micro", "growth");

    /// @throws IllegalArgumentException with what is wrong
    static Asked of(List<String> args) {
      Asked asked = new Asked(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (Iterator<String> each = args.iterator(); each.hasNext(); ) {
        String word = each.next();
        if (word.equals("--jobs")) {
          asked.sizes.add(size(each.hasNext() ? each.next() : ""));
        } else if (BESIDES.contains(word)) {
          asked.names.add(word);
        } else {
          asked.measures.add(Measure.of(word));
        }
      }
      return asked;
    }

    boolean isAll() {
      return names.isEmpty() && measures.isEmpty();
    }

    boolean wants(String name) {
      return isAll() || names.contains(name);
    }
  }

  private static long size(String text) {
    String digits = text.replaceAll("[_,]", "");
    if (!digits.matches("[1-9][0-9]{0,9}")) {
      throw new IllegalArgumentException("--jobs needs a number from 1, not \"" + text + '"');
    }
    return Long.parseLong(digits);
  }

  private void take(Asked asked) throws Exception {
    boolean growth = asked.wants("growth");
    report.say(machine());
    if (asked.wants("micro")) {
      Micro.measure(report);
    }
    if (asked.wants("ready")) {
      Ready.measure(root, target.resolve("data/ready"), report);
    }
    List<Measure> measures = growth ? List.of(Measure.values()) : asked.measures();
    List<Long> usual = growth ? SIZES : List.of(SIZES.getLast());
    if (!measures.isEmpty()) {
      for (long size : asked.sizes().isEmpty() ? usual : asked.sizes()) {
        takeAt(size, measures);
      }
    }
    Ratios.of(report.results()).forEach(report::add);
    if (growth) {
      Growth.of(report.results()).forEach(report::add);
    }
    report.printTable();
  }

  private void takeAt(long size, List<Measure> measures) throws Exception {
    report.say("a stack of %,d jobs".formatted(size));
    try (Installation on = Installation.start(target.resolve("data/" + size))) {
      report.say(on.versions());
      double seconds = History.load(on, size, report);
      if (seconds > 0) {
        report.add("load@" + size, "s", seconds);
      }
      for (Measure measure : measures) {
        report.say(measure + " at " + size);
        measure.take(on, new Named(report, measure.toString(), "@" + size));
      }
      report.add("wrong_tallies@" + size, "tallies", History.wrongTallies(on));
    }
  }

  private static String machine() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.replaceAll(".*:\\s*", ""))
            .findFirst()
            .orElse("an unknown processor");
    return String.format(
        Locale.ROOT,
        "%s, %d processors, Java %s, %s %s",
        processor,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
  }

  private record Named(Report report, String measure, String size) implements Measure.Figures {

    @Override
    public void add(String what, String unit, double... repetitions) {
      report.add(measure + what + size, unit, repetitions);
    }

    @Override
    public void say(String sentence) {
      report.say(sentence);
    }
  }
}

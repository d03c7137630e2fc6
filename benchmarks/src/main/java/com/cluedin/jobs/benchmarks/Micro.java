package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.tracker.MergeMicro;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Plain functions by themselves, by JMH: one fork, three warm-ups of a second, five measurements
/// of one.
final class Micro {

  private Micro() {}

  static void measure(Report report) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(CronMicro.class.getName() + "|" + MergeMicro.class.getName())
                .forks(1)
                .shouldFailOnError(true)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build())
        .run()
        .forEach(result -> report.add(figure(result)));
  }

  private static Result figure(RunResult result) {
    var score = result.getPrimaryResult();
    String parameters =
        result.getParams().getParamsKeys().stream()
            .map(result.getParams()::getParam)
            .collect(Collectors.joining(" "));
    return new Result(
        "micro." + score.getLabel() + (parameters.isEmpty() ? "" : "(" + parameters + ")"),
        score.getScore(),
        "a second",
        score.getStatistics().getMin(),
        score.getStatistics().getMax());
  }
}

package com.cluedin.jobs.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What is measured on a started stack that holds a number of jobs.
enum Measure {
  RAW(RawLimits::measure),
  MEMORY(Memory::measure),
  COUNTS(Reading::counts),
  PAGE(Reading::pages),
  READS(Reading::mix),
  START_LATENCY(Hops::measureStart),
  VISIBLE_LATENCY(Hops::measureVisible),
  FIRE_LAG(FireLag::measure),
  HAND_OUT(HandOut::measure),
  DRAIN(Drain::measure),
  PROJECTION(Projection::measure);

  private final Way way;

  Measure(Way way) {
    this.way = way;
  }

  /// @throws IllegalArgumentException with a sentence, when there is none of that name
  static Measure of(String name) {
    return Arrays.stream(values())
        .filter(measure -> measure.toString().equals(name))
        .findAny()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no measure "
                    + name
                    + ", only ready, micro, growth, "
                    + Arrays.stream(values())
                        .map(Measure::toString)
                        .collect(Collectors.joining(", "))));
  }

  void take(Installation on, Figures figures) throws Exception {
    way.take(on, figures);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  @FunctionalInterface
  interface Way {
    void take(Installation on, Figures figures) throws Exception;
  }

  /// Takes what was measured.
  interface Figures {

    /// @param what what of the measure, for example `.p99`; may be empty
    void add(String what, String unit, double... repetitions);

    void say(String sentence);
  }
}

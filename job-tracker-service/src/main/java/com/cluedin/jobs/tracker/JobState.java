package com.cluedin.jobs.tracker;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a run stands. What is told of one run only ever moves it down this list, so the order of
/// the telling does not matter: a run that was completed is completed, whatever else is said.
enum JobState {
  QUEUED("Queued"),
  EXECUTING("Executing", "Running"),
  CANCELLED("Cancelled", "Stopped"),
  FAILED("Failed"),
  COMPLETED("Completed");

  private static final List<JobState> BY_RANK = List.of(values());

  private final String word;
  private final String alias;

  JobState(String word) {
    this(word, word);
  }

  JobState(String word, String alias) {
    this.word = word;
    this.alias = alias;
  }

  /// Its place in the list; the read model keeps this number.
  short rank() {
    return (short) ordinal();
  }

  /// The column that counts it where there is one for each state.
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static JobState ofRank(int rank) {
    return BY_RANK.get(rank);
  }

  /// Finds a state by its word or its alias, in any case.
  static Optional<JobState> named(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(state ->
            wanted.equals(state.word.toLowerCase(Locale.ROOT))
                || wanted.equals(state.alias.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  boolean isFinal() {
    return compareTo(EXECUTING) > 0;
  }

  /// As people see it.
  ///
  /// @param abandoned somebody asked to stop the job
  String shown(boolean abandoned) {
    return this == EXECUTING && abandoned ? "Cancelling" : word;
  }

  @Override
  public String toString() {
    return word;
  }
}

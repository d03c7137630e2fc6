package com.cluedin.jobs.tracker;

import com.cluedin.jobs.service.Refusal;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which jobs are asked for.
///
/// @param organization whose; null: everybody's
/// @param jobTypes of which job types
/// @param states in which states
/// @param span when they were queued
record JobFilter(
    @Nullable UUID organization, JobTypeFilter jobTypes, Set<JobState> states, Span span) {

  private static final String STATES = "Queued, Executing, Completed, Failed, Cancelled";

  JobFilter(@Nullable UUID organization, @Nullable UUID configuration, Set<JobState> states) {
    this(organization, JobTypeFilter.ofConfiguration(configuration), states, Span.ALWAYS);
  }

  /// Reads which states a caller wants; empty, absent or the word null means all.
  ///
  /// @throws Refusal 400 saying what is allowed
  static Set<JobState> statesOf(@Nullable String text) {
    String word = wordOf(text);
    if (word == null) {
      return EnumSet.allOf(JobState.class);
    }
    return EnumSet.of(
        JobState.named(word)
            .orElseThrow(() ->
                Refusal.badRequest("state must be one of %s, not \"%s\"".formatted(STATES, word))));
  }

  /// Reads which configuration a caller wants; empty, absent or the word null means all.
  ///
  /// @throws Refusal 400 saying what is allowed
  static @Nullable UUID configurationOf(@Nullable String text) {
    String word = wordOf(text);
    return word == null ? null : Guid.of("configurationId", word);
  }

  private static @Nullable String wordOf(@Nullable String text) {
    String word = text == null ? "" : text.strip();
    return word.isEmpty() || word.equalsIgnoreCase("null") ? null : word;
  }

  @Nullable UUID configuration() {
    return jobTypes.configuration();
  }

  Short[] ranks() {
    return states.stream().map(JobState::rank).toArray(Short[]::new);
  }

  boolean isOfAllStates() {
    return states.size() == JobState.values().length;
  }

  /// Whether only an organization, names and states are asked for.
  boolean isOfNames() {
    return jobTypes.isOfNames() && span.isAlways();
  }

  /// Whether only an organization, a configuration and states are asked for.
  boolean isPlain() {
    return jobTypes.isPlain() && span.isAlways();
  }
}

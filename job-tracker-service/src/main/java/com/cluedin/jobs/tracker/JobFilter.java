package com.cluedin.jobs.tracker;

import com.cluedin.jobs.service.Refusal;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which jobs are asked for.
///
/// @param organization whose; null: everybody's
/// @param configuration of which configuration; null: of all
/// @param states in which states
record JobFilter(@Nullable UUID organization, @Nullable UUID configuration, Set<JobState> states) {

  private static final String STATES = "Queued, Executing, Completed, Failed, Cancelled";

  /// Reads what a caller wrote; empty, absent or the word null means all.
  ///
  /// @throws Refusal 400 saying what is allowed
  static JobFilter of(
      @Nullable UUID organization, @Nullable String state, @Nullable String configuration) {
    return new JobFilter(organization, configurationOf(configuration), statesOf(state));
  }

  private static Set<JobState> statesOf(@Nullable String text) {
    String word = wordOf(text);
    if (word == null) {
      return EnumSet.allOf(JobState.class);
    }
    return EnumSet.of(
        JobState.named(word)
            .orElseThrow(() ->
                Refusal.badRequest("state must be one of %s, not \"%s\"".formatted(STATES, word))));
  }

  private static @Nullable UUID configurationOf(@Nullable String text) {
    String word = wordOf(text);
    return word == null ? null : Guid.of("configurationId", word);
  }

  private static @Nullable String wordOf(@Nullable String text) {
    String word = text == null ? "" : text.strip();
    return word.isEmpty() || word.equalsIgnoreCase("null") ? null : word;
  }

  Short[] ranks() {
    return states.stream().map(JobState::rank).toArray(Short[]::new);
  }
}

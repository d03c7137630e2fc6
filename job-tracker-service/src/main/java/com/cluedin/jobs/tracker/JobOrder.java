package com.cluedin.jobs.tracker;

import static java.util.stream.Collectors.joining;

import com.cluedin.jobs.service.Refusal;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// In what order jobs are asked for.
///
/// Of the same state or job type the newest comes first, in either direction. Names that differ in
/// case alone are the same. Of the same name job types come by configuration, of the same
/// configuration by name, and then by their ids. The other orders are the exact reverse of each
/// other: descending, what has no value comes last, and of the same value the greatest id comes
/// first.
record JobOrder(By by, boolean descending) {

  static final JobOrder NEWEST_FIRST = new JobOrder(By.QUEUED, true);

  /// Reads what a caller wrote; absent or empty: the newest first.
  ///
  /// @throws Refusal 400 saying what is allowed
  static JobOrder of(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return NEWEST_FIRST;
    }
    boolean descending = text.strip().startsWith("-");
    String word = text.strip().substring(descending ? 1 : 0);
    return Arrays.stream(By.values())
        .filter(by -> by.name().equalsIgnoreCase(word))
        .findFirst()
        .map(by -> new JobOrder(by, descending))
        .orElseThrow(() ->
            Refusal.badRequest(
                "sort must be one of %s, with - in front for descending, not \"%s\""
                    .formatted(
                        Arrays.stream(By.values())
                            .map(by -> by.name().toLowerCase(Locale.ROOT))
                            .collect(joining(", ")),
                        text)));
  }

  /// Whether it is an order of what jobs themselves come to, not of where they belong.
  boolean isByValue() {
    return by == By.CLUES || by == By.STARTED || by == By.FINISHED;
  }

  enum By {
    NAME,
    CONFIGURATION,
    /// As {@link JobState} has them.
    STATUS,
    CLUES,
    QUEUED,
    STARTED,
    FINISHED
  }
}

package com.cluedin.jobs.tracker;

import static java.util.Comparator.comparing;

import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/// The wish to stop a job. Of several the first counts.
///
/// @param requestedBy the person who asked; empty where nobody did or is known
/// @param reason in words for people; empty where none was given
record Wish(Instant at, String requestedBy, String reason) {

  static final Comparator<Wish> FIRST =
      comparing(Wish::at)
          .thenComparing(Wish::requestedBy, Text.BY_BYTES)
          .thenComparing(Wish::reason, Text.BY_BYTES);

  static Wish of(JobAbandonRequested request) {
    return new Wish(
        request.at(),
        Text.kept(Objects.requireNonNullElse(request.requestedBy(), ""), Text.NAME),
        Text.kept(Objects.requireNonNullElse(request.reason(), ""), Text.LONGEST));
  }
}

package com.cluedin.jobs.faults;

import java.time.Duration;
import java.time.Instant;

/// Something that was asked of a schedule and gives it another rhythm from some instant on.
///
/// @param rhythm the one it has afterwards; {@link Rhythm#NEVER} when it was removed
/// @param known whether it was done for certain
/// @param until when it was done at the latest, if it was
record ScheduleChange(String jobType, Rhythm rhythm, boolean known, Instant sent, Instant until) {

  /// How long a service may go on with a request after its answer was given up.
  private static final Duration LONGEST_AFTERWARDS = Duration.ofSeconds(40);

  static ScheduleChange of(String jobType, Rhythm rhythm, Answer answer) {
    return new ScheduleChange(
        jobType,
        rhythm,
        answer.isDone(),
        answer.sent(),
        answer.isDone() ? answer.answered() : answer.answered().plus(LONGEST_AFTERWARDS));
  }
}

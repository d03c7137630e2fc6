package com.cluedin.jobs.agent;

/// How a run ended.
sealed interface Outcome {

  record Completed() implements Outcome {}

  /// @param error in words for people, bounded
  /// @param permanent trying again would not help
  record Failed(String error, boolean permanent) implements Outcome {}

  /// Somebody abandoned the job.
  record Cancelled() implements Outcome {}

  /// Given back unfinished, so that another agent runs it.
  record Released() implements Outcome {}

  /// The lease is lost: whatever this run still does, nobody hears of it.
  record Fenced() implements Outcome {}

  static Outcome failed(Throwable thrown) {
    return new Failed(ErrorText.of(thrown), thrown instanceof PermanentFailure);
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.Policy.Missed;
import com.cluedin.jobs.scheduler.Policy.Overlap;
import com.cluedin.jobs.scheduler.Policy.Pause;
import org.jspecify.annotations.Nullable;

/// The default policy with one thing else.
final class PolicyWith {

  private PolicyWith() {}

  static Policy spread(TimeSpan spread) {
    return policy(Missed.ONCE, Policy.DEFAULT.catchUp(), Overlap.SKIP, spread, null);
  }

  static Policy overlap(Overlap overlap) {
    return policy(Missed.ONCE, Policy.DEFAULT.catchUp(), overlap, TimeSpan.ZERO, null);
  }

  static Policy policy(
      Missed missed, TimeSpan catchUp, Overlap overlap, TimeSpan spread, @Nullable Pause pause) {
    return new Policy(missed, catchUp, overlap, spread, Retries.DEFAULT, TimeSpan.ZERO, pause);
  }
}

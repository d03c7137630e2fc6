package com.cluedin.jobs.tracker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the tracker works.
///
/// @param lease how long an agent may be silent about a run before the run counts as given up; the
///   agents' own setting
/// @param retention how long jobs that are over are kept, and decisions, an hour or more; null: for
///   ever
@ConfigurationProperties("tracker")
record TrackerSettings(@DefaultValue("15s") Duration lease, @Nullable Duration retention) {

  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

  TrackerSettings {
    if (!lease.isPositive()) {
      throw new IllegalArgumentException("tracker.lease must be more than zero, not " + lease);
    }
    if (retention != null && retention.compareTo(SHORTEST_RETENTION) < 0) {
      throw new IllegalArgumentException(
          "tracker.retention must be an hour or more, not " + retention);
    }
  }
}

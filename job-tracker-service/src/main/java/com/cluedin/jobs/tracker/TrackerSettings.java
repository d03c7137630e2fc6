package com.cluedin.jobs.tracker;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the tracker works.
///
/// @param lease how long an agent may be silent about a run before the run counts as given up; the
///   agents' own setting
@ConfigurationProperties("tracker")
record TrackerSettings(@DefaultValue("15s") Duration lease) {

  TrackerSettings {
    if (!lease.isPositive()) {
      throw new IllegalArgumentException("tracker.lease must be more than zero, not " + lease);
    }
  }
}

package com.cluedin.jobs.scheduler;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the scheduler works.
///
/// @param batchSize how many job types are claimed at a time
/// @param longestSleep how long it sleeps at most before it looks again though nothing woke it
/// @param leaderLease how long the scheduler that leads may be silent before another takes over
@ConfigurationProperties("scheduler")
record SchedulerSettings(
    @DefaultValue("1000") int batchSize,
    @DefaultValue("10s") Duration longestSleep,
    @DefaultValue("3s") Duration leaderLease) {

  SchedulerSettings {
    if (batchSize < 1) {
      throw new IllegalArgumentException("scheduler.batch-size must be 1 or more");
    }
  }
}

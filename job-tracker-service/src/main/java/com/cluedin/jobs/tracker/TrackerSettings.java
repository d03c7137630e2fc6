package com.cluedin.jobs.tracker;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the tracker works.
///
/// @param lease how long an agent may be silent about a run before the run counts as given up; the
///   agents' own setting
/// @param retention how long jobs are kept after they ended, and decisions, an hour or more; null:
///   for ever
/// @param schema where its read model is
/// @param beside the schema of the read model in service, while this one is made anew beside it;
///   null: this one is in service
@ConfigurationProperties("tracker")
record TrackerSettings(
    @DefaultValue("15s") Duration lease,
    @Nullable Duration retention,
    @DefaultValue("tracker") String schema,
    @Nullable String beside) {

  private static final Pattern SCHEMA_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

  TrackerSettings {
    if (!lease.isPositive()) {
      throw new IllegalArgumentException("tracker.lease must be more than zero, not " + lease);
    }
    requireSchema("tracker.schema", schema);
    if (beside != null) {
      requireSchema("tracker.beside", beside);
    }
    if (schema.equals(beside)) {
      throw new IllegalArgumentException(
          "tracker.beside must be another schema than tracker.schema, " + schema);
    }
    if (retention != null && retention.compareTo(SHORTEST_RETENTION) < 0) {
      throw new IllegalArgumentException(
          "tracker.retention must be an hour or more, not " + retention);
    }
  }

  private static void requireSchema(String setting, String name) {
    if (!SCHEMA_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(setting + " must name a schema, not \"" + name + '"');
    }
  }
}

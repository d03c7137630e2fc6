package com.cluedin.jobs.tracker;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The known job types that a filter names.
///
/// @param configurations of each, as the lists beside it have the other parts of its id
/// @param divided configurations that have other job types too, perhaps repeated
record WantedJobTypes(
    List<UUID> configurations, List<UUID> organizations, List<UUID> providers, List<UUID> divided) {

  /// As a relation, of which the values go with {@link #values}.
  static final String RELATION =
      "unnest(:configurations::uuid[], :organizations::uuid[], :providers::uuid[])"
          + " AS wanted (configuration_id, organization_id, provider_id)";

  /// The condition that a row of `job` belongs to one of them. Their configurations come first, as
  /// there is an index of these.
  String condition() {
    String ofConfiguration = "configuration_id = ANY(:configurations)";
    return divided.isEmpty()
        ? ofConfiguration
        : ofConfiguration
            + " AND (configuration_id <> ALL(:divided)"
            + " OR (configuration_id, organization_id, provider_id) IN (SELECT * FROM "
            + RELATION
            + "))";
  }

  boolean isEmpty() {
    return configurations.isEmpty();
  }

  int size() {
    return configurations.size();
  }

  Map<String, Object> values() {
    return Map.of(
        "configurations", configurations.toArray(UUID[]::new),
        "organizations", organizations.toArray(UUID[]::new),
        "providers", providers.toArray(UUID[]::new),
        "divided", divided.toArray(UUID[]::new));
  }
}

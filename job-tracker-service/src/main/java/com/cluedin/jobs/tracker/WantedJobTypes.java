package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobTypeId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// The known job types that a filter names.
///
/// @param divided configurations that have other job types too
record WantedJobTypes(List<JobTypeId> ids, List<UUID> divided) {

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

  Map<String, Object> values() {
    return Map.of(
        "configurations", part(JobTypeId::configurationId),
        "organizations", part(JobTypeId::organizationId),
        "providers", part(JobTypeId::providerId),
        "divided", divided.toArray(UUID[]::new));
  }

  private UUID[] part(Function<JobTypeId, UUID> part) {
    return ids.stream().map(part).toArray(UUID[]::new);
  }
}

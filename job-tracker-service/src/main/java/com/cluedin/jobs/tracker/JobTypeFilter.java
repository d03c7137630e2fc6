package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.service.Refusal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Of which job types jobs are asked for; all of it must hold.
///
/// @param search contained in the name of the job or the configuration, in any case; empty: any
/// @param connector the name of the job; null: any
/// @param configurationName null: any
/// @param configuration null: any
/// @param jobType null: any
record JobTypeFilter(
    String search,
    @Nullable String connector,
    @Nullable String configurationName,
    @Nullable UUID configuration,
    @Nullable JobTypeId jobType) {

  static final JobTypeFilter ANY = new JobTypeFilter("", null, null, null, null);

  static JobTypeFilter ofConfiguration(@Nullable UUID configuration) {
    return new JobTypeFilter("", null, null, configuration, null);
  }

  /// Reads what a caller wrote; what is absent or empty does not matter.
  ///
  /// @throws Refusal 400 saying what is allowed
  static JobTypeFilter of(
      @Nullable String search,
      @Nullable String connector,
      @Nullable String configurationName,
      @Nullable UUID configuration,
      @Nullable String jobTypeId) {
    return new JobTypeFilter(
        Text.asked("search", search),
        Text.orNull(Text.asked("connector", connector)),
        Text.orNull(Text.asked("configuration", configurationName)),
        configuration,
        jobTypeId == null || jobTypeId.isBlank()
            ? null
            : JobTypeEndpoints.jobTypeIdOf("jobTypeId", jobTypeId));
  }

  /// Whether job types are asked for by names alone, which many may have.
  boolean isOfNames() {
    return !equals(ANY) && configuration == null && jobType == null;
  }

  /// Whether nothing is asked for but a configuration, if that.
  boolean isPlain() {
    return equals(ofConfiguration(configuration));
  }
}

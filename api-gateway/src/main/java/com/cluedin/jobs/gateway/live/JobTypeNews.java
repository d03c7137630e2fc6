package com.cluedin.jobs.gateway.live;

import com.cluedin.jobs.model.IntegrationEvent;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobTypeId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job type of which something was told.
///
/// @param id its id, or the configuration's where it is about all job types of that
/// @param organization whose it is, or null where nobody said
record JobTypeNews(String id, @Nullable UUID organization) {

  static JobTypeNews of(JobTypeId jobType) {
    return new JobTypeNews(jobType.toString(), jobType.organizationId());
  }

  static JobTypeNews of(IntegrationEvent event) {
    return switch (event) {
      case IntegrationEnabled enabled -> of(enabled.jobTypeId());
      case IntegrationDisabled disabled ->
          new JobTypeNews(disabled.configurationId().toString(), disabled.organizationId());
    };
  }

  boolean mayConcern(@Nullable UUID caller) {
    return caller == null || organization == null || organization.equals(caller);
  }

  /// Its id, unless it may be another organization's.
  String shownTo(@Nullable UUID caller) {
    return caller != null && organization == null ? "*" : id;
  }
}

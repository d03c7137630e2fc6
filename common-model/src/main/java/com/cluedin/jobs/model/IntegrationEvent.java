package com.cluedin.jobs.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the owners of integrations say about them, on {@link Topics#INTEGRATIONS}.
public sealed interface IntegrationEvent extends Event {

  /// The enabled integration of an organization.
  UUID configurationId();

  @Override
  default String key() {
    return configurationId().toString();
  }

  /// An integration was switched on: its job type gets a schedule, or gets it back as it was.
  ///
  /// @param configurationId the integration's configuration
  /// @param organizationId whose it is
  /// @param userId who enabled it
  /// @param providerId the kind of source; one configuration may have job types of several
  /// @param name the crawl source as people know it ("HubSpot")
  /// @param configurationName the account it crawls with, or null
  /// @param cron when to run; null: every 4 hours, at the minute of `at`
  /// @param timeZone the IANA zone of `cron`; null: UTC
  /// @param queue which queue its jobs go to; null: `default`
  /// @param alarm how long a job may take from being queued to its end; null: no alarm
  /// @param at when it was enabled
  @JsonTypeName("integration.enabled.v1")
  record IntegrationEnabled(
      UUID configurationId,
      UUID organizationId,
      UUID userId,
      UUID providerId,
      String name,
      @Nullable String configurationName,
      @Nullable String cron,
      @Nullable String timeZone,
      @Nullable String queue,
      @Nullable TimeSpan alarm,
      Instant at)
      implements IntegrationEvent {

    public IntegrationEnabled {
      requireNonNull(configurationId, "configurationId");
      requireNonNull(organizationId, "organizationId");
      requireNonNull(userId, "userId");
      requireNonNull(providerId, "providerId");
      requireNonNull(name, "name");
      at = EventTime.require(at, "at");
    }

    public JobTypeId jobTypeId() {
      return new JobTypeId(configurationId, organizationId, providerId);
    }
  }

  /// An integration was switched off: the schedules of its job types end.
  ///
  /// @param organizationId only job types of this organization; null: whichever
  @JsonTypeName("integration.disabled.v1")
  record IntegrationDisabled(UUID configurationId, @Nullable UUID organizationId, Instant at)
      implements IntegrationEvent {

    public IntegrationDisabled {
      requireNonNull(configurationId, "configurationId");
      at = EventTime.require(at, "at");
    }

    /// Whether it is said of this job type.
    public boolean concerns(JobTypeId jobType) {
      return jobType.configurationId().equals(configurationId)
          && (organizationId == null || jobType.organizationId().equals(organizationId));
    }
  }
}

package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// A job type as `GET api/v1/hangfire/jobs/crawling` shows it, property for property.
///
/// @param userId the user who enabled the integration
/// @param cron the schedule as it was written
/// @param alarm how long a job may take from being queued to its end; `00:00:00`: no alarm
/// @param lastJobId the job queued last, or null
/// @param nextExecution when it is due next; null when the cron never matches again
/// @param lastExecution when the last job was queued, or null
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobTypeView(
    JobTypeId id,
    UUID configurationId,
    UUID organizationId,
    UUID userId,
    String cron,
    String queue,
    TimeSpan alarm,
    @JsonSerialize(using = ContractTime.Utc.class) Instant createdAt,
    @Nullable UUID lastJobId,
    @JsonSerialize(using = ContractTime.Utc.class) @Nullable Instant nextExecution,
    @JsonSerialize(using = ContractTime.Utc.class) @Nullable Instant lastExecution) {}

package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// A job that took longer than its alarm allows, as `GET api/v1/jobs/alarms` shows it.
///
/// @param jobRunId its newest run
/// @param job the crawl source
/// @param status Queued, Executing, Cancelling, Completed, Failed or Cancelled
/// @param finishedAt when the job ended, or null
/// @param alarm how long it may take from being queued to its end, or null where that is not known
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobAlarmView(
    UUID id,
    UUID jobRunId,
    String job,
    @Nullable String configurationName,
    String status,
    @JsonSerialize(using = ContractTime.Offset.class) Instant queuedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant finishedAt,
    @Nullable TimeSpan alarm,
    @JsonSerialize(using = ContractTime.Offset.class) Instant raisedAt) {}

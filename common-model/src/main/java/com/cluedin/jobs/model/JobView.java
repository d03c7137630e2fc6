package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// A job as `GET api/v1/jobs` shows it, property for property.
///
/// @param jobRunId the run it is in, or will be in next while it is queued
/// @param job the crawl source
/// @param progress clues completed by that run, a count and not a percentage
/// @param status Queued, Executing, Cancelling, Completed, Failed or Cancelled
/// @param startedAt when that run began, or null
/// @param finishedAt when the job ended, or null
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobView(
    UUID id,
    UUID jobRunId,
    String job,
    @Nullable String configurationName,
    long progress,
    String status,
    @JsonSerialize(using = ContractTime.Offset.class) Instant queuedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant startedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant finishedAt) {}

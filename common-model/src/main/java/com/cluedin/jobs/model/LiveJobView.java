package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// What was just told of a job, as `GET api/v1/live` says it. What was not told is null: it is as
/// it was.
///
/// @param jobRunId the newest run something was told of
/// @param attempt the number of that run; of a higher one everything counts, of a lower one nothing
/// @param status Queued, Executing, Cancelling, Completed, Failed or Cancelled
/// @param progress clues completed by that run
/// @param job the crawl source
/// @param queuedAt when it was queued; of several times the earliest
/// @param startedAt when that run began
/// @param finishedAt when that run ended
/// @param agent who runs it
@JsonNaming(UpperCamelCaseStrategy.class)
public record LiveJobView(
    UUID id,
    @Nullable UUID jobRunId,
    @Nullable Integer attempt,
    @Nullable String status,
    @Nullable Long progress,
    @Nullable String job,
    @Nullable String configurationName,
    @Nullable UUID configurationId,
    @Nullable JobTypeId jobTypeId,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant queuedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant startedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant finishedAt,
    @Nullable String agent) {}

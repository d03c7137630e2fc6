package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// A job in short: how long it took, and what came of it.
///
/// @param id the job's
/// @param status Queued, Executing, Cancelling, Completed, Failed or Cancelled
/// @param progress clues completed by its newest run
/// @param startedAt when its newest run began, or null
/// @param finishedAt when it ended, or null
@JsonNaming(UpperCamelCaseStrategy.class)
public record RecentRun(
    UUID id,
    String status,
    long progress,
    @JsonSerialize(using = ContractTime.Offset.class) Instant queuedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant startedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant finishedAt) {}

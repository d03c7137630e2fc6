package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// One attempt at a job, as `GET api/v1/jobrun` shows it.
///
/// @param attempt 1 for the first run of the job
/// @param agent who ran it; null when no agent began it
/// @param progress clues completed by it, as far as told
/// @param status Queued, Executing, Cancelling, Completed, Failed or Cancelled; Lost when a later
///   run took its place before it ended
/// @param error what went wrong, or why it was cancelled, or null
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobRunView(
    UUID id,
    UUID jobId,
    int attempt,
    @Nullable String agent,
    long progress,
    String status,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant startedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant finishedAt,
    @Nullable String error) {}

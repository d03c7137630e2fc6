package com.cluedin.jobs.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// A part of a job's path: the state it was in, and for how long.
///
/// @param status Queued, Executing, Cancelling, Completed, Failed or Cancelled
/// @param attempt of which run
/// @param until when the next state began; null where it is the last
/// @param seconds how long it lasted; null where it is the last
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobStateView(
    String status,
    int attempt,
    @JsonSerialize(using = ContractTime.Offset.class) Instant from,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant until,
    @Nullable Double seconds) {}

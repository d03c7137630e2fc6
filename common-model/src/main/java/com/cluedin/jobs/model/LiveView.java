package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// What happened lately, as the event `jobs` of `GET api/v1/live` tells it.
///
/// @param at when the newest of it happened
/// @param many how much it is, where that is too much to be told: everything has to be read again.
///   Else null
/// @param jobs each job once; null where it is too much
/// @param jobTypes the ids of job types that something was decided about, or whose integration
///   changed; a configuration's id stands for all of its job types, `*` for one that is not known.
///   Null where it is too much
/// @param alarms jobs that take longer than their alarm allows; null where it is too much
@JsonNaming(UpperCamelCaseStrategy.class)
public record LiveView(
    @JsonSerialize(using = ContractTime.Offset.class) Instant at,
    @Nullable Integer many,
    @Nullable List<LiveJobView> jobs,
    @Nullable List<String> jobTypes,
    @Nullable List<UUID> alarms) {}

package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// A job type whose newest jobs all failed; one queued in the last week has ended.
///
/// @param job the crawl source
/// @param failures how many of its newest ended jobs failed one after the other, counted up to 30
/// @param lastFailedAt when the newest of them ended
/// @param lastJobId the newest of them
@JsonNaming(UpperCamelCaseStrategy.class)
public record FailingStreak(
    JobTypeId jobTypeId,
    String job,
    @Nullable String configurationName,
    int failures,
    @JsonSerialize(using = ContractTime.Offset.class) Instant lastFailedAt,
    UUID lastJobId) {}

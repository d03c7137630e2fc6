package com.cluedin.jobs.model;

import com.cluedin.jobs.model.ScheduleEvent.Decision;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// What became of an occurrence, as `GET api/v1/job-types/{id}/decisions` shows it.
///
/// @param scheduledFor the occurrence, as the cron gives it
/// @param late from when it was due to the decision
/// @param jobId the job queued for it, or null
/// @param note what daylight saving did to it, in words, or null
@JsonNaming(UpperCamelCaseStrategy.class)
public record DecisionView(
    @JsonSerialize(using = ContractTime.Utc.class) Instant scheduledFor,
    Decision decision,
    TimeSpan late,
    @Nullable UUID jobId,
    @Nullable String note,
    @JsonSerialize(using = ContractTime.Utc.class) Instant decidedAt) {}

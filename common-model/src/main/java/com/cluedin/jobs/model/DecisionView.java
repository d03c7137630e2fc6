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
/// @param jobId the job made for it, or null
/// @param overlaps the unfinished job that it was skipped for or its own job waits for, or null
/// @param note what daylight saving did to it, or who paused the schedule and why, or null
@JsonNaming(UpperCamelCaseStrategy.class)
public record DecisionView(
    @JsonSerialize(using = ContractTime.Utc.class) Instant scheduledFor,
    Decision decision,
    TimeSpan late,
    @Nullable UUID jobId,
    @Nullable UUID overlaps,
    @Nullable String note,
    @JsonSerialize(using = ContractTime.Utc.class) Instant decidedAt) {}

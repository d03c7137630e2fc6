package com.cluedin.jobs.model;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// The newest jobs of a job type, as `GET api/v1/job-types/runs` shows them.
///
/// @param runs oldest first; none where the job type is not known
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobTypeRuns(JobTypeId jobTypeId, List<RecentRun> runs) {}

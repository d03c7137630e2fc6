package com.cluedin.jobs.model;

import java.time.Instant;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// The jobs queued in one hour by the state they are in now, as `GET api/v1/jobs/histogram` shows
/// them.
///
/// @param from when the hour began
/// @param executing those being cancelled too
@JsonNaming(UpperCamelCaseStrategy.class)
public record HourOfJobs(
    @JsonSerialize(using = ContractTime.Offset.class) Instant from,
    long completed,
    long executing,
    long failed,
    long queued,
    long cancelled) {}

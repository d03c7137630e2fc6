package com.cluedin.jobs.model;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What somebody should look at, as `GET api/v1/jobs/attention` shows it.
///
/// @param openAlarms how many unfinished jobs take longer than their alarms allow, counted up to
///   10,000
/// @param failingStreaks job types whose newest three or more ended jobs all failed; the longest
///   streaks first, at most 20
/// @param behindSeconds for how long not all that was told of jobs has been read
@JsonNaming(UpperCamelCaseStrategy.class)
public record AttentionView(
    long openAlarms, List<FailingStreak> failingStreaks, long behindSeconds) {}

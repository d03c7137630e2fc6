package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// A job with all that is known of it, as `GET api/v1/jobs/{id}` shows it.
///
/// @param jobRunId the run it is in, or will be in next while it is queued
/// @param userId who enabled the integration
/// @param job the crawl source
/// @param status Queued, Executing, Cancelling, Completed, Failed or Cancelled
/// @param progress clues completed by the newest run
/// @param scheduledFor the instant it was due; null when a person asked for it
/// @param requestedBy the person who asked for it, or null where nobody did or is known
/// @param queuedAt when it was first queued
/// @param startedAt when the newest run began, or null
/// @param finishedAt when the job ended, or null
/// @param alarm how long it may take from being queued to its end, or null
/// @param alarmRaisedAt when it had taken longer, or null
/// @param longestRun how long one run may take, or null
/// @param lastHeardAt when the agent of the newest run was last heard of, or null
/// @param silentSince the same, while the agent has been silent for longer than its lease; else
///   null
/// @param retryAt when it will be queued again, while it waits for that; else null
/// @param error what went wrong in the newest run, or why it was cancelled, or null
/// @param abandonment how far the wish to stop it has come; null when nobody wants that
/// @param runs its runs, oldest first
/// @param states its path, oldest first
/// @param events what was told of it, in the order it was heard: the newest thousand, and of
///   progress only what came too late
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobDetail(
    UUID id,
    UUID jobRunId,
    JobTypeId jobTypeId,
    UUID configurationId,
    UUID organizationId,
    UUID userId,
    String job,
    @Nullable String configurationName,
    String queue,
    String status,
    long progress,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant scheduledFor,
    @Nullable String requestedBy,
    @JsonSerialize(using = ContractTime.Offset.class) Instant queuedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant startedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant finishedAt,
    @Nullable TimeSpan alarm,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant alarmRaisedAt,
    @Nullable TimeSpan longestRun,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant lastHeardAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant silentSince,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant retryAt,
    @Nullable String error,
    @Nullable JobAbandonment abandonment,
    List<JobRunView> runs,
    List<JobStateView> states,
    List<JobEventView> events) {}

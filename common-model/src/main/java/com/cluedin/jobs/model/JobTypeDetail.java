package com.cluedin.jobs.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// All there is to know of a job type, as `GET api/v1/job-types` shows it.
///
/// @param description the cron in words
/// @param missedOccurrences what is done about missed occurrences: `once`, `all` or `none`
/// @param catchUp how long an occurrence may be overdue to be caught up
/// @param overlap what is done while an earlier job is not finished: `skip`, `queue`, `allow` or
///   `cancel`
/// @param retries how often a job whose run failed is queued again, at most
/// @param retryDelay how long before the first retry; it doubles with each
/// @param longestRun how long one run may take; `00:00:00`: as long as it likes
/// @param spread within which its occurrences are delayed
/// @param paused since when and why nothing fires, or null
/// @param removed when its schedule ended, or null while it has one
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobTypeDetail(
    JobTypeId id,
    UUID configurationId,
    UUID organizationId,
    UUID userId,
    String name,
    @Nullable String configurationName,
    String cron,
    String description,
    String timeZone,
    String queue,
    TimeSpan alarm,
    String missedOccurrences,
    TimeSpan catchUp,
    String overlap,
    TimeSpan spread,
    int retries,
    TimeSpan retryDelay,
    TimeSpan longestRun,
    @Nullable Paused paused,
    @JsonSerialize(using = ContractTime.Utc.class) Instant createdAt,
    @Nullable UUID lastJobId,
    @JsonSerialize(using = ContractTime.Utc.class) @Nullable Instant nextExecution,
    @JsonSerialize(using = ContractTime.Utc.class) @Nullable Instant lastExecution,
    @JsonSerialize(using = ContractTime.Utc.class) @Nullable Instant removed) {

  /// @param by who asked, or null where nobody is known
  @JsonNaming(UpperCamelCaseStrategy.class)
  public record Paused(
      String reason,
      @Nullable String by,
      @JsonSerialize(using = ContractTime.Utc.class) Instant at) {}
}

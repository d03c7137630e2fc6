package com.cluedin.jobs.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// How far the wish to stop a job has come: asked, delivered to the agent, and either confirmed by
/// it or timed out.
///
/// @param requestedBy the person who asked first, or null where nobody did or is known
/// @param reason why, in words for people, or null
/// @param deliveredAt when the agent said that it heard of it, or null
/// @param deliveredTo that agent, or null
/// @param confirmedAt when the run ended by itself or by its agent, or null
/// @param timedOutAt when the tracker ended the run in place of its agent, or null
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobAbandonment(
    @JsonSerialize(using = ContractTime.Offset.class) Instant requestedAt,
    @Nullable String requestedBy,
    @Nullable String reason,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant deliveredAt,
    @Nullable String deliveredTo,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant confirmedAt,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant timedOutAt) {}

package com.cluedin.jobs.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// An agent at work, as `GET api/v1/agents` shows it.
///
/// @param agent its name
/// @param jobs how many it runs, as far as the caller sees them
/// @param lastHeardAt when any of these was last heard of, or null
/// @param silent whether it has been silent about all of them for longer than its lease
@JsonNaming(UpperCamelCaseStrategy.class)
public record AgentView(
    String agent,
    long jobs,
    @JsonSerialize(using = ContractTime.Offset.class) @Nullable Instant lastHeardAt,
    boolean silent) {}

package com.cluedin.jobs.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/// Something that was told of a job.
///
/// @param at when it happened, by the clock of who says so
/// @param heardAt when Kafka took it
/// @param type its name on the wire, for example `job.started.v1`
/// @param attempt of which run; null where it is said of the job
/// @param by the agent, person or service that says it, or null where nobody is named
/// @param text what it says in words, or null
/// @param accepted false where it changed nothing: a later run had taken the place of this one, the
///   run had come to an end that counts more, or it was told already
@JsonNaming(UpperCamelCaseStrategy.class)
public record JobEventView(
    @JsonSerialize(using = ContractTime.Offset.class) Instant at,
    @JsonSerialize(using = ContractTime.Offset.class) Instant heardAt,
    String type,
    @Nullable Integer attempt,
    @Nullable String by,
    @Nullable String text,
    boolean accepted) {}

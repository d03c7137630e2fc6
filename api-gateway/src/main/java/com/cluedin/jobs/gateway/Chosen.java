package com.cluedin.jobs.gateway;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes by what a list of jobs is chosen and put in order.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
    name = "configurationId",
    in = ParameterIn.QUERY,
    description = "absent, empty or null: all",
    schema = @Schema(type = "string", format = "uuid"))
@Parameter(
    name = "search",
    in = ParameterIn.QUERY,
    description = "contained in Job or ConfigurationName, in any case")
@Parameter(name = "connector", in = ParameterIn.QUERY, description = "the whole Job")
@Parameter(
    name = "configuration",
    in = ParameterIn.QUERY,
    description = "the whole ConfigurationName")
@Parameter(name = "jobTypeId", in = ParameterIn.QUERY, example = Examples.JOB_TYPE_ID)
@Parameter(
    name = "from",
    in = ParameterIn.QUERY,
    description = "QueuedAt is not before this full hour",
    schema = @Schema(type = "string", format = "date-time"))
@Parameter(
    name = "to",
    in = ParameterIn.QUERY,
    description = "QueuedAt is before this full hour",
    schema = @Schema(type = "string", format = "date-time"))
@Parameter(
    name = "sort",
    in = ParameterIn.QUERY,
    description =
        "name, configuration, status, clues, queued, started or finished, with - in front for"
            + " descending. Of the same status the newest comes first; of the same name, whatever its"
            + " case, the order is by configuration, of the same configuration by name, then by job"
            + " type, and of one job type the newest comes first."
            + " Descending, jobs without clues, beginning or end come last; ascending they come"
            + " first. In search, connector, configuration and the orders by name and"
            + " configuration, a job type is called what its newest job is called, so after a"
            + " change of name its older jobs are found and stand under the new one.",
    schema = @Schema(type = "string", defaultValue = "-queued"))
@interface Chosen {}

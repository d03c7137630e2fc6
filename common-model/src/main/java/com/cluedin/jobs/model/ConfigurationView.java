package com.cluedin.jobs.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// A configuration of which jobs are known, as `GET api/v1/configurations` shows it.
///
/// @param job the crawl source
/// @param configurationName the account it crawls with, or null
@JsonNaming(UpperCamelCaseStrategy.class)
public record ConfigurationView(
    UUID configurationId, String job, @Nullable String configurationName) {}

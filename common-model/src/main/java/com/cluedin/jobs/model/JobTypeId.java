package com.cluedin.jobs.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names a job type: `configuration|organization|provider`. Opaque text for clients.
public record JobTypeId(UUID configurationId, UUID organizationId, UUID providerId) {

  public JobTypeId {
    requireNonNull(configurationId, "configurationId");
    requireNonNull(organizationId, "organizationId");
    requireNonNull(providerId, "providerId");
  }

  /// Reads the text form.
  ///
  /// @throws IllegalArgumentException when it is not three Guids joined by `|`
  @JsonCreator
  public static JobTypeId parse(String text) {
    String[] parts = text.split("\\|", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "a job type id is configuration|organization|provider, not \"" + text + "\"");
    }
    return new JobTypeId(
        UUID.fromString(parts[0]), UUID.fromString(parts[1]), UUID.fromString(parts[2]));
  }

  @JsonValue
  @Override
  public String toString() {
    return configurationId + "|" + organizationId + "|" + providerId;
  }
}

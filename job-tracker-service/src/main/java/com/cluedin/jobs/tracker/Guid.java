package com.cluedin.jobs.tracker;

import com.cluedin.jobs.service.Refusal;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads Guids of requests.
final class Guid {

  private static final Pattern TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private Guid() {}

  /// @throws Refusal 400 naming the parameter
  static UUID of(String parameter, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw Refusal.badRequest(parameter + " is missing: a Guid.");
    }
    if (!TEXT.matcher(text.strip()).matches()) {
      throw Refusal.badRequest("%s must be a Guid, not \"%s\"".formatted(parameter, text));
    }
    return UUID.fromString(text.strip());
  }
}

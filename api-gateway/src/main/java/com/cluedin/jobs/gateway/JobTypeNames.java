package com.cluedin.jobs.gateway;

import com.cluedin.jobs.service.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ids by which clients name job types, in the spellings they use.
final class JobTypeNames {

  private static final List<String> FIELDS = List.of("jobIds[]", "jobIds", "jobs[]");
  private static final int MOST = 1_000;

  private JobTypeNames() {}

  /// The ids of a form, each once.
  ///
  /// @throws Refusal 400 when there is none, or too many
  static List<String> in(@Nullable Map<String, List<@Nullable String>> form) {
    List<String> ids =
        FIELDS.stream()
            .flatMap(field ->
                form == null ? Stream.empty() : form.getOrDefault(field, List.of()).stream())
            .flatMap(Stream::ofNullable)
            .map(JobTypeNames::plain)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    if (ids.isEmpty()) {
      throw Refusal.badRequest(
          "No job type is named: send a form with its id in jobIds[], once for each.");
    }
    if (ids.size() > MOST) {
      throw Refusal.badRequest(
          "%d job types are named; at most %d at once.".formatted(ids.size(), MOST));
    }
    return ids;
  }

  /// The id as it is, where it arrived percent-encoded once more.
  static String plain(String id) {
    return id.strip().replaceAll("%7[Cc]", "|");
  }
}

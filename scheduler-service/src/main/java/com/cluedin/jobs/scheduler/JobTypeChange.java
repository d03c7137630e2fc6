package com.cluedin.jobs.scheduler;

import static java.util.stream.Collectors.joining;

import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.Policy.Missed;
import com.cluedin.jobs.service.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a person changes of a job type; what is null stays as it is.
record JobTypeChange(
    @Nullable String id,
    @Nullable String cron,
    @Nullable String timeZone,
    @Nullable String missedOccurrences,
    @Nullable String catchUp,
    @Nullable String spread) {

  private static final Duration LONGEST_CATCH_UP = Duration.ofDays(366);
  private static final Duration LONGEST_SPREAD = Duration.ofDays(1);

  /// The job type after the change.
  ///
  /// @throws Refusal 400 saying what is wrong and what is allowed
  JobType applyTo(JobType jobType, Instant now) {
    Policy before = jobType.schedule().policy();
    Policy after =
        new Policy(
            missedOccurrences == null ? before.missed() : missedOf(missedOccurrences),
            catchUp == null ? before.catchUp() : span("catchUp", catchUp, LONGEST_CATCH_UP),
            spread == null ? before.spread() : span("spread", spread, LONGEST_SPREAD),
            before.pause());
    return jobType.with(
        cron == null ? null : JobTypeEndpoints.cronOf(cron).toString(),
        timeZone == null ? null : zoneOf(timeZone).getId(),
        after,
        now);
  }

  /// @throws Refusal 400 when nothing is to be changed
  void requireSomething() {
    if (Stream.of(cron, timeZone, missedOccurrences, catchUp, spread).allMatch(it -> it == null)) {
      throw Refusal.badRequest(
          "Nothing to change: give cron, timeZone, missedOccurrences, catchUp or spread.");
    }
  }

  static ZoneId zoneOf(String timeZone) {
    try {
      return ZoneId.of(timeZone.strip());
    } catch (DateTimeException e) {
      throw Refusal.badRequest(
          "timeZone must be an IANA zone like Europe/Copenhagen, not \"" + timeZone + "\"");
    }
  }

  private static Missed missedOf(String text) {
    return Stream.of(Missed.values())
        .filter(missed -> missed.toString().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(() ->
            Refusal.badRequest(
                "missedOccurrences must be %s, not \"%s\""
                    .formatted(
                        Stream.of(Missed.values()).map(Missed::toString).collect(joining(", ")),
                        text)));
  }

  private static TimeSpan span(String name, String text, Duration longest) {
    TimeSpan span;
    try {
      span = TimeSpan.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(name + ": " + e.getMessage());
    }
    if (span.duration().compareTo(longest) > 0) {
      throw Refusal.badRequest(
          "%s must be %s at most, not %s".formatted(name, new TimeSpan(longest), span));
    }
    return span;
  }
}

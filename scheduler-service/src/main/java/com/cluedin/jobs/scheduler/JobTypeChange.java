package com.cluedin.jobs.scheduler;

import static java.util.stream.Collectors.joining;

import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.Policy.Missed;
import com.cluedin.jobs.scheduler.Policy.Overlap;
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
    @Nullable String overlap,
    @Nullable String spread,
    @Nullable Integer retries,
    @Nullable String retryDelay,
    @Nullable String longestRun,
    @Nullable String alarm) {

  private static final Duration LONGEST_CATCH_UP = Duration.ofDays(366);
  private static final Duration LONGEST_SPREAD = Duration.ofDays(1);
  private static final Duration LONGEST_RUN = Duration.ofDays(366);

  /// The job type after the change.
  ///
  /// @throws Refusal 400 saying what is wrong and what is allowed
  JobType applyTo(JobType jobType, Instant now) {
    Policy before = jobType.schedule().policy();
    Policy after =
        new Policy(
            missedOccurrences == null
                ? before.missed()
                : wordOf("missedOccurrences", missedOccurrences, Missed.values()),
            catchUp == null ? before.catchUp() : span("catchUp", catchUp, LONGEST_CATCH_UP),
            overlap == null ? before.overlap() : wordOf("overlap", overlap, Overlap.values()),
            spread == null ? before.spread() : span("spread", spread, LONGEST_SPREAD),
            retriesAfter(before.retries()),
            longestRun == null ? before.longestRun() : span("longestRun", longestRun, LONGEST_RUN),
            before.pause());
    JobType changed =
        jobType.with(
            cron == null ? null : JobTypeEndpoints.cronOf(cron).toString(),
            timeZone == null ? null : zoneOf(timeZone).getId(),
            after,
            now);
    return alarm == null ? changed : changed.withAlarm(span("alarm", alarm, LONGEST_RUN));
  }

  /// @throws Refusal 400 when nothing is to be changed
  void requireSomething() {
    if (Stream.of(
            cron,
            timeZone,
            missedOccurrences,
            catchUp,
            overlap,
            spread,
            retries,
            retryDelay,
            longestRun,
            alarm)
        .allMatch(it -> it == null)) {
      throw Refusal.badRequest(
          "Nothing to change: give cron, timeZone, missedOccurrences, catchUp, overlap, spread,"
              + " retries, retryDelay, longestRun or alarm.");
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

  private Retries retriesAfter(Retries before) {
    if (retries != null && (retries < 0 || retries > Retries.MOST)) {
      throw Refusal.badRequest("retries must be 0 to %d, not %d".formatted(Retries.MOST, retries));
    }
    TimeSpan delay =
        retryDelay == null ? before.delay() : span("retryDelay", retryDelay, Retries.LONGEST_DELAY);
    if (delay.isZero()) {
      throw Refusal.badRequest("retryDelay must be 00:00:01 or more");
    }
    return new Retries(retries == null ? before.most() : retries, delay);
  }

  private static <T> T wordOf(String name, String text, T[] allowed) {
    return Stream.of(allowed)
        .filter(word -> word.toString().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(() ->
            Refusal.badRequest(
                "%s must be %s, not \"%s\""
                    .formatted(
                        name,
                        Stream.of(allowed).map(Object::toString).collect(joining(", ")),
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

package com.cluedin.jobs.scheduler;

import static java.util.stream.Collectors.joining;

import com.cluedin.jobs.service.Refusal;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which job types are asked for, and in what order.
///
/// @param organization whose; null: everybody's
/// @param search contained in the name of the job or the configuration, in any case; empty: any
/// @param connector the name of the job; null: any
/// @param state null: all that are not removed
/// @param order null: the oldest first
/// @param descending the other way round, what has no value last all the same
record JobTypeQuery(
    @Nullable UUID organization,
    String search,
    @Nullable String connector,
    @Nullable State state,
    @Nullable Order order,
    boolean descending) {

  /// Reads what a caller wrote; what is absent or empty does not matter.
  ///
  /// @throws Refusal 400 saying what is allowed
  static JobTypeQuery of(
      @Nullable UUID organization,
      @Nullable String search,
      @Nullable String connector,
      @Nullable String state,
      @Nullable String sort) {
    String order = text("sort", sort);
    boolean descending = order.startsWith("-") && order.length() > 1;
    String contained = text("search", search);
    String named = text("connector", connector);
    return new JobTypeQuery(
        organization,
        contained,
        named.isEmpty() ? null : named,
        wordOf("state", text("state", state), State.values()),
        wordOf("sort", descending ? order.substring(1) : order, Order.values()),
        descending);
  }

  /// By name, where nobody said how.
  JobTypeQuery sorted() {
    return order != null
        ? this
        : new JobTypeQuery(organization, search, connector, state, Order.NAME, false);
  }

  private static String text(String parameter, @Nullable String text) {
    if (text != null && text.indexOf(0) >= 0) {
      throw Refusal.badRequest(parameter + " must not contain the character NUL.");
    }
    return text == null ? "" : text.strip();
  }

  private static <T extends Enum<T>> @Nullable T wordOf(
      String parameter, String text, T[] allowed) {
    if (text.isEmpty()) {
      return null;
    }
    return Stream.of(allowed)
        .filter(word -> word.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            Refusal.badRequest(
                "%s must be one of %s%s, not \"%s\""
                    .formatted(
                        parameter,
                        Stream.of(allowed)
                            .map(word -> word.name().toLowerCase(Locale.ROOT))
                            .collect(joining(", ")),
                        parameter.equals("sort") ? ", with - in front for descending" : "",
                        text)));
  }

  enum State {
    /// Neither removed nor paused.
    ACTIVE,
    /// Paused and not removed.
    PAUSED,
    REMOVED
  }

  enum Order {
    NAME,
    CONFIGURATION,
    SCHEDULE,
    LAST,
    NEXT
  }
}

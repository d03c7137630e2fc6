package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.joining;

import com.cluedin.jobs.model.JobView;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/// The jobs that a filter chooses, in the words of SQL.
///
/// @param wanted the job types it names; null: no more are named than by a configuration, which is
///   a condition for rows and totals, not for periods
record Selection(JobFilter filter, @Nullable WantedJobTypes wanted) {

  private static final String OF_CONFIGURATION = "configuration_id = :configuration";
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):(\\w+)");

  /// Those of them that were queued in a span of time.
  Selection queuedIn(Span span) {
    return new Selection(
        new JobFilter(filter.organization(), filter.jobTypes(), filter.states(), span), wanted);
  }

  /// Those of them that are in a state.
  Selection in(JobState state) {
    return new Selection(
        new JobFilter(filter.organization(), filter.jobTypes(), Set.of(state), filter.span()),
        wanted);
  }

  boolean isEmpty() {
    return wanted != null && wanted.isEmpty();
  }

  /// Whether more than the configuration of a job decides.
  boolean isIntricate() {
    return !filter.span().isAlways() || wanted != null && !wanted.divided().isEmpty();
  }

  /// The condition for rows of `job`, except for their rank.
  String rows() {
    return wanted == null ? rowsOfAny() : wanted.condition() + " AND " + queued();
  }

  private String rowsOfAny() {
    return owners() + " AND " + queued();
  }

  /// The condition for whose rows are meant, except for the job types that are wanted.
  String owners() {
    List<String> all = new ArrayList<>();
    if (filter.organization() != null) {
      all.add("organization_id = :organization");
    }
    if (filter.configuration() != null) {
      all.add(OF_CONFIGURATION);
    }
    return all.isEmpty() ? "true" : String.join(" AND ", all);
  }

  /// As much of the conditions as an index holds whose order is that of time.
  String inOrderOfTime() {
    if (filter.configuration() != null) {
      return OF_CONFIGURATION + " AND " + queued();
    }
    return hasIndexOfState() ? ranked() + " AND " + queued() : rowsOfAny();
  }

  /// All jobs that are read by {@link #inOrderOfTime}, where no configuration is named.
  Selection readInOrderOfTime() {
    JobFilter ofAllStates =
        new JobFilter(
            filter.organization(), filter.jobTypes(), EnumSet.allOf(JobState.class), filter.span());
    return hasIndexOfState() ? this : new Selection(ofAllStates, wanted);
  }

  /// Whether those of the state, which is rare, have an index by themselves.
  private boolean hasIndexOfState() {
    return filter.organization() == null
        && filter.states().size() == 1
        && !filter.states().contains(JobState.COMPLETED);
  }

  /// The condition for rows of jobs that were queued within the span.
  String queued() {
    List<String> all = new ArrayList<>(List.of("queued_at IS NOT NULL"));
    all.addAll(within("queued_at", ":from", filter.span().from(), ":to", filter.span().to()));
    return String.join(" AND ", all);
  }

  /// The condition for the rank of rows, by numbers: with a plan made for any value PostgreSQL
  /// would not use the index of what is rare, and it would plan what is asked most anew each time.
  String ranked() {
    return filter.states().stream()
        .map(state -> String.valueOf(state.rank()))
        .collect(joining(", ", "rank IN (", ")"));
  }

  /// How many of them there ever were of the job type of a row of `jobs_of_job_type`.
  String tallied() {
    return filter.states().stream().map(JobState::column).collect(joining(" + ", "(", ")"));
  }

  /// How many jobs there are of each rank in each period: hours of all job types, or days of the
  /// wanted ones and, counted, what is left of the span at its edges.
  String periods() {
    List<String> hours = new ArrayList<>(List.of("period IS NOT NULL"));
    hours.addAll(within("period", ":from", filter.span().from(), ":to", filter.span().to()));
    return wanted == null
        ? """
        SELECT rank, period AS begin, period + interval '1 hour' AS until, jobs FROM tally
        WHERE configuration_id IS NULL AND %s AND %s AND rank = ANY(:ranks) AND jobs > 0
        """
            .formatted(Jobs.whose(filter.organization()), String.join(" AND ", hours))
        : """
        SELECT rank, begin, until, sum(jobs)::bigint AS jobs FROM (%s) AS piece
        GROUP BY rank, begin, until
        """
            .formatted(pieces(WantedJobTypes.RELATION));
  }

  /// How many jobs of each rank and job type there are in each day of the span, and at its edges.
  /// Each job type is looked up by itself: PostgreSQL would sooner read the day of all job types,
  /// or all days.
  ///
  /// @param wanted a relation of that name, of the job types' ids
  String pieces(String wanted) {
    Span days = filter.span().days();
    List<String> inDays = new ArrayList<>(List.of("period IS NOT NULL"));
    inDays.addAll(within("period", ":firstDay", days.from(), ":lastDay", days.to()));
    return """
    SELECT rank, configuration_id, organization_id, provider_id, period AS begin,
      period + interval '24 hours' AS until, jobs
    FROM %1$s CROSS JOIN LATERAL (
      SELECT rank, period, jobs FROM tally WHERE tally.configuration_id = wanted.configuration_id
        AND tally.organization_id = wanted.organization_id
        AND tally.provider_id = wanted.provider_id
        AND %2$s AND rank = ANY(:ranks) AND jobs > 0
      OFFSET 0
    ) AS day
    """
            .formatted(wanted, String.join(" AND ", inDays))
        + (filter.span().edges().isEmpty()
            ? ""
            : """
            UNION ALL
            SELECT rank, configuration_id, organization_id, provider_id, edge.begin, edge.until,
              count(*)
            FROM unnest(:begins::timestamptz[], :untils::timestamptz[]) AS edge (begin, until)
            CROSS JOIN LATERAL (
              SELECT * FROM job WHERE queued_at >= edge.begin AND queued_at < edge.until
                AND rank = ANY(:ranks) AND %2$s
            ) AS job
            JOIN %1$s USING (configuration_id, organization_id, provider_id)
            GROUP BY rank, configuration_id, organization_id, provider_id, edge.begin, edge.until
            """
                .formatted(wanted, rows()));
  }

  /// A statement with all the values it names.
  GenericExecuteSpec ask(DatabaseClient database, String sql, Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.putIfAbsent("ranks", filter.ranks());
    values.putAll(Jobs.organization(filter.organization()));
    if (filter.configuration() != null) {
      values.put("configuration", filter.configuration());
    }
    Span span = filter.span();
    put(values, "from", span.from());
    put(values, "to", span.to());
    put(values, "firstDay", span.days().from());
    put(values, "lastDay", span.days().to());
    values.put("begins", edges(Span::from));
    values.put("untils", edges(Span::to));
    if (wanted != null) {
      values.putAll(wanted.values());
    }
    values.keySet().retainAll(PARAMETER.matcher(sql).results().map(it -> it.group(1)).toList());
    return database.sql(sql).bindValues(values);
  }

  /// The jobs that a statement finds.
  Mono<List<JobView>> jobs(DatabaseClient database, String sql, Map<String, Object> more) {
    return ask(database, sql, more).map(row -> Rows.job(row).view()).all().collectList();
  }

  private static List<String> within(
      String column, String fromName, @Nullable Instant from, String toName, @Nullable Instant to) {
    List<String> both = new ArrayList<>();
    if (from != null) {
      both.add(column + " >= " + fromName);
    }
    if (to != null) {
      both.add(column + " < " + toName);
    }
    return both;
  }

  private OffsetDateTime[] edges(Function<Span, @Nullable Instant> end) {
    return filter.span().edges().stream()
        .map(end)
        .map(instant -> instant == null ? null : instant.atOffset(UTC))
        .toArray(OffsetDateTime[]::new);
  }

  private static void put(Map<String, Object> values, String name, @Nullable Instant instant) {
    if (instant != null) {
      values.put(name, instant.atOffset(UTC));
    }
  }
}

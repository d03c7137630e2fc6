package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsFirst;
import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.ConfigurationView;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobTypeId;
import io.r2dbc.spi.Parameters;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The job types that jobs were queued for. Each is called what the JobQueued of its newest job
/// calls it, so that the events make the same of it in any order.
@Component
class KnownJobTypes {

  /// How names are compared: in any case, and alike on every machine.
  static final String FOLDED = "lower(%s COLLATE pg_c_utf8)";

  static final int LONGEST_NAME = 400;

  private static final Comparator<Description> NEWEST =
      comparing(Description::at)
          .thenComparing(Description::name, Text.BY_BYTES)
          .thenComparing(Description::configurationName, nullsFirst(Text.BY_BYTES));

  private final DatabaseClient database;

  KnownJobTypes(DatabaseClient database) {
    this.database = database;
  }

  /// Keeps what is new about job types.
  Mono<Void> keep(List<JobQueued> queued) {
    if (queued.isEmpty()) {
      return Mono.empty();
    }
    Map<JobTypeId, Description> newest = new HashMap<>();
    queued.forEach(
        job -> newest.merge(job.jobTypeId(), new Description(job), BinaryOperator.maxBy(NEWEST)));
    List<Description> told = List.copyOf(newest.values());
    return database
        .sql(
            """
            INSERT INTO job_type AS known (configuration_id, organization_id, provider_id, name,
              configuration_name, queued_at)
            SELECT * FROM unnest(:configuration::uuid[], :organization::uuid[], :provider::uuid[],
              :name::text[], :configurationName::text[], :queuedAt::timestamptz[])
            ORDER BY 1, 2, 3
            ON CONFLICT (configuration_id, organization_id, provider_id) DO UPDATE SET
              name = excluded.name, configuration_name = excluded.configuration_name,
              queued_at = excluded.queued_at
            WHERE (excluded.queued_at, excluded.name COLLATE "C",
                excluded.configuration_name IS NOT NULL,
                coalesce(excluded.configuration_name, '') COLLATE "C")
              > (known.queued_at, known.name COLLATE "C", known.configuration_name IS NOT NULL,
                coalesce(known.configuration_name, '') COLLATE "C")
            """)
        .bind("configuration", each(told, it -> it.id().configurationId(), UUID[]::new))
        .bind("organization", each(told, it -> it.id().organizationId(), UUID[]::new))
        .bind("provider", each(told, it -> it.id().providerId(), UUID[]::new))
        .bind("name", each(told, Description::name, String[]::new))
        .bind("configurationName", each(told, Description::configurationName, String[]::new))
        .bind("queuedAt", each(told, it -> it.at().atOffset(UTC), OffsetDateTime[]::new))
        .then();
  }

  /// Those that a filter names.
  Mono<WantedJobTypes> find(JobTypeFilter filter, @Nullable UUID organization) {
    JobTypeId jobType = filter.jobType();
    return database
        .sql(
            """
            SELECT configuration_id, organization_id, provider_id, whole FROM (
              SELECT *, bool_and(matches) OVER (PARTITION BY configuration_id) AS whole FROM (
                SELECT *, coalesce((%s)
                  AND (:organization::uuid IS NULL OR organization_id = :organization)
                  AND (:connector::text IS NULL OR name = :connector)
                  AND (:configurationName::text IS NULL OR configuration_name = :configurationName)
                  AND (:configuration::uuid IS NULL OR configuration_id = :configuration)
                  AND (:jobProvider::uuid IS NULL OR (organization_id, provider_id)
                    = (:jobOrganization, :jobProvider)), false) AS matches
                FROM job_type
                WHERE :only::uuid IS NULL OR configuration_id = :only
              ) AS each
            ) AS each
            WHERE matches
            """
                .formatted(named()))
        .bind("search", filter.search())
        .bind("organization", nullable(organization))
        .bind("connector", nullable(filter.connector()))
        .bind("configurationName", nullable(filter.configurationName()))
        .bind("configuration", nullable(filter.configuration()))
        .bind(
            "only", nullable(jobType == null ? filter.configuration() : jobType.configurationId()))
        .bind("jobOrganization", nullable(jobType == null ? null : jobType.organizationId()))
        .bind("jobProvider", nullable(jobType == null ? null : jobType.providerId()))
        .map(row ->
            Map.entry(
                new JobTypeId(
                    requireNonNull(row.get("configuration_id", UUID.class)),
                    requireNonNull(row.get("organization_id", UUID.class)),
                    requireNonNull(row.get("provider_id", UUID.class))),
                requireNonNull(row.get("whole", Boolean.class))))
        .all()
        .collectList()
        .map(found ->
            new WantedJobTypes(
                found.stream().map(Map.Entry::getKey).toList(),
                found.stream()
                    .filter(one -> !one.getValue())
                    .map(one -> one.getKey().configurationId())
                    .distinct()
                    .toList()));
  }

  /// Configurations by name.
  ///
  /// @param search contained in the name of the job or the configuration; empty: all
  Flux<ConfigurationView> configurations(@Nullable UUID organization, String search, int take) {
    return database
        .sql(
            """
            SELECT configuration_id, name, configuration_name FROM job_type
            WHERE (:organization::uuid IS NULL OR organization_id = :organization) AND (%s)
            GROUP BY configuration_id, name, configuration_name
            ORDER BY %s, %s, configuration_id, name COLLATE "C", configuration_name COLLATE "C"
            LIMIT :take
            """
                .formatted(
                    named(), FOLDED.formatted("name"), FOLDED.formatted("configuration_name")))
        .bind("organization", nullable(organization))
        .bind("search", search)
        .bind("take", take)
        .map(row ->
            new ConfigurationView(
                requireNonNull(row.get("configuration_id", UUID.class)),
                requireNonNull(row.get("name", String.class)),
                row.get("configuration_name", String.class)))
        .all();
  }

  /// The names of crawl sources, each once, in their order.
  Mono<List<String>> connectors(@Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT name FROM job_type
            WHERE :organization::uuid IS NULL OR organization_id = :organization
            GROUP BY name ORDER BY %s, name COLLATE "C"
            """
                .formatted(FOLDED.formatted("name")))
        .bind("organization", nullable(organization))
        .map(row -> requireNonNull(row.get("name", String.class)))
        .all()
        .collectList();
  }

  /// The condition that one of the names contains `:search`, in any case and as it is written.
  static String named() {
    String contained = "strpos(%s, %s) > 0";
    String search = FOLDED.formatted(":search::text");
    return contained.formatted(FOLDED.formatted("name"), search)
        + " OR "
        + contained.formatted(FOLDED.formatted("configuration_name"), search);
  }

  private static Object nullable(@Nullable UUID id) {
    return id == null ? Parameters.in(UUID.class) : Parameters.in(id);
  }

  private static Object nullable(@Nullable String text) {
    return text == null ? Parameters.in(String.class) : Parameters.in(text);
  }

  private static <T> T[] each(
      List<Description> told, Function<Description, @Nullable T> part, IntFunction<T[]> maker) {
    return told.stream().map(part).toArray(maker);
  }

  private record Description(JobQueued queued) {

    JobTypeId id() {
      return queued.jobTypeId();
    }

    /// When its job was first queued. A retry says nothing new, as the jobs have it: it only counts
    /// where nothing else is known.
    Instant at() {
      return queued.attempt() == 1 ? queued.at() : Instant.EPOCH;
    }

    String name() {
      return Text.kept(queued.name(), LONGEST_NAME);
    }

    @Nullable String configurationName() {
      return Text.keptOrNull(queued.configurationName(), LONGEST_NAME);
    }
  }
}

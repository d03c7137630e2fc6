package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.ConfigurationView;
import com.cluedin.jobs.model.JobTypeId;
import io.r2dbc.spi.Parameters;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Finds known job types by what they are called. They are some thousands, so they are simply
/// looked through.
@Component
class JobTypeSearch {

  /// How names are compared: in any case, and alike on every machine.
  static final String FOLDED = "lower(%s COLLATE pg_c_utf8)";

  private final DatabaseClient database;

  JobTypeSearch(DatabaseClient database) {
    this.database = database;
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
        .bind("organization", Jobs.nullable(organization))
        .bind("connector", nullable(filter.connector()))
        .bind("configurationName", nullable(filter.configurationName()))
        .bind("configuration", Jobs.nullable(filter.configuration()))
        .bind(
            "only",
            Jobs.nullable(jobType == null ? filter.configuration() : jobType.configurationId()))
        .bind("jobOrganization", Jobs.nullable(jobType == null ? null : jobType.organizationId()))
        .bind("jobProvider", Jobs.nullable(jobType == null ? null : jobType.providerId()))
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
        .bind("organization", Jobs.nullable(organization))
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
        .bind("organization", Jobs.nullable(organization))
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

  private static Object nullable(@Nullable String text) {
    return text == null ? Parameters.in(String.class) : Parameters.in(text);
  }
}

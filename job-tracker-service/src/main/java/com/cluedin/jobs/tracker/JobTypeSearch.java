package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;

import com.cluedin.jobs.model.ConfigurationView;
import com.cluedin.jobs.model.JobTypeId;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.HashMap;
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

  /// The condition that one of the names contains `:search`, in any case and alike on every
  /// machine. A plan that is kept would fold that for each row, were it not a question of its own.
  private static final String NAMED =
      """
      strpos(folded_name, (SELECT lower(:search::text COLLATE pg_c_utf8))) > 0
        OR strpos(folded_configuration_name, (SELECT lower(:search::text COLLATE pg_c_utf8))) > 0
      """;

  private final DatabaseClient database;

  JobTypeSearch(DatabaseClient database) {
    this.database = database;
  }

  /// Those that a filter names.
  Mono<WantedJobTypes> find(JobTypeFilter filter, @Nullable UUID organization) {
    Condition named = Condition.of(filter, organization);
    return database
        .sql(
            """
            SELECT array_agg(configuration_id) AS configurations,
              array_agg(organization_id) AS organizations, array_agg(provider_id) AS providers,
              array_agg(configuration_id) FILTER (WHERE EXISTS (
                SELECT FROM job_type WHERE configuration_id = named.configuration_id
                  AND (%1$s) IS NOT TRUE)) AS divided
            FROM job_type AS named WHERE %1$s
            """
                .formatted(named.sql()))
        .bindValues(named.values)
        .map(row ->
            new WantedJobTypes(
                ids(row, "configurations"),
                ids(row, "organizations"),
                ids(row, "providers"),
                ids(row, "divided")))
        .one();
  }

  private static List<UUID> ids(Readable row, String column) {
    UUID[] ids = row.get(column, UUID[].class);
    return ids == null ? List.of() : List.of(ids);
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
            ORDER BY min(folded_name), min(folded_configuration_name), configuration_id,
              name COLLATE "C", configuration_name COLLATE "C"
            LIMIT :take
            """
                .formatted(NAMED))
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
            GROUP BY name ORDER BY min(folded_name), name COLLATE "C"
            """)
        .bind("organization", Jobs.nullable(organization))
        .map(row -> requireNonNull(row.get("name", String.class)))
        .all()
        .collectList();
  }

  /// What a row of `job_type` has to fulfil.
  ///
  /// @param values of the parameters
  record Condition(List<String> all, Map<String, Object> values) {

    static Condition of(JobTypeFilter filter, @Nullable UUID organization) {
      Condition condition = new Condition(new ArrayList<>(), new HashMap<>());
      if (!filter.search().isEmpty()) {
        condition.all.add("(" + NAMED + ")");
        condition.values.put("search", filter.search());
      }
      condition.equal("organization_id", organization);
      condition.equal("name", filter.connector());
      condition.equal("configuration_name", filter.configurationName());
      condition.equal("configuration_id", filter.configuration());
      JobTypeId jobType = filter.jobType();
      if (jobType != null) {
        condition.equal("configuration_id", jobType.configurationId());
        condition.equal("organization_id", jobType.organizationId());
        condition.equal("provider_id", jobType.providerId());
      }
      return condition;
    }

    private void equal(String column, @Nullable Object value) {
      if (value != null) {
        String name = "value" + all.size();
        all.add(column + " = :" + name);
        values.put(name, value);
      }
    }

    String sql() {
      return all.isEmpty() ? "true" : String.join(" AND ", all);
    }
  }
}

package com.cluedin.jobs.tracker;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;
import static java.util.Comparator.nullsFirst;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobTypeId;
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
import reactor.core.publisher.Mono;

/// The job types that jobs were queued for. Each is called what the JobQueued of its newest job
/// calls it, so that the events make the same of it in any order.
@Component
class KnownJobTypes {

  private static final int LONGEST_NAME = 400;

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

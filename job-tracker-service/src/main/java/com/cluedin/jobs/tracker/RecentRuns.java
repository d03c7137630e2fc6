package com.cluedin.jobs.tracker;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.JobTypeRuns;
import com.cluedin.jobs.model.RecentRun;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Answers how the newest jobs of job types went.
@Component
class RecentRuns {

  private static final int MOST = 30;

  private final DatabaseClient database;

  RecentRuns(DatabaseClient database) {
    this.database = database;
  }

  /// The newest {@link #MOST} jobs of each, oldest first. Of a job type that is not known, or is
  /// another organization's, there are none.
  ///
  /// The tallies tell on which days there are jobs of it, so that those of its configuration's
  /// other job types are not read.
  Mono<List<JobTypeRuns>> of(List<JobTypeId> jobTypes, @Nullable UUID organization) {
    return database
        .sql(
            """
            SELECT place, newest.* FROM unnest(:configurations::uuid[], :organizations::uuid[],
              :providers::uuid[]) WITH ORDINALITY
              AS wanted (configuration_id, organization_id, provider_id, place)
            CROSS JOIN LATERAL (
              SELECT period, sum(jobs) OVER (ORDER BY period DESC) - jobs AS before FROM (
                SELECT period, sum(jobs) AS jobs FROM tally
                WHERE tally.configuration_id = wanted.configuration_id
                  AND tally.organization_id = wanted.organization_id
                  AND tally.provider_id = wanted.provider_id AND period IS NOT NULL AND jobs > 0
                GROUP BY period ORDER BY period DESC LIMIT :most
              ) AS days
            ) AS days
            CROSS JOIN LATERAL (
              SELECT * FROM job
              WHERE job.configuration_id = wanted.configuration_id
                AND job.organization_id = wanted.organization_id
                AND job.provider_id = wanted.provider_id
                AND queued_at >= period AND queued_at < period + interval '24 hours'
              ORDER BY queued_at DESC, id DESC LIMIT greatest(:most - before, 0)
            ) AS newest
            WHERE before < :most
              AND (:organization::uuid IS NULL OR wanted.organization_id = :organization)
            ORDER BY place, newest.queued_at, newest.id
            """)
        .bind("configurations", ids(jobTypes, JobTypeId::configurationId))
        .bind("organizations", ids(jobTypes, JobTypeId::organizationId))
        .bind("providers", ids(jobTypes, JobTypeId::providerId))
        .bind("organization", Jobs.nullable(organization))
        .bind("most", MOST)
        .map(row -> Map.entry(requireNonNull(row.get("place", Long.class)), Rows.job(row)))
        .all()
        .collect(
            groupingBy(
                place -> jobTypes.get((int) (place.getKey() - 1)),
                mapping(place -> run(place.getValue()), toList())))
        .map(runs ->
            jobTypes.stream()
                .map(id -> new JobTypeRuns(id, runs.getOrDefault(id, List.of())))
                .toList());
  }

  private static RecentRun run(Job job) {
    return new RecentRun(
        job.id(),
        job.status(),
        job.newestRun().progress(),
        job.queued().at(),
        job.newestRun().startedAt(),
        job.newestRun().finishedAt());
  }

  private static UUID[] ids(List<JobTypeId> jobTypes, Function<JobTypeId, UUID> part) {
    return jobTypes.stream().map(part).toArray(UUID[]::new);
  }
}

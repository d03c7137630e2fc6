TRUNCATE tally, tally_of_day, jobs_of_job_type;
TRUNCATE job_type;
INSERT INTO job_type (configuration_id, organization_id, provider_id, name, configuration_name, queued_at)
SELECT configuration_id, organization_id, provider_id, max(name), max(configuration_name), max(queued_at)
FROM job WHERE queued_at IS NOT NULL GROUP BY configuration_id, organization_id, provider_id;
INSERT INTO tally (configuration_id, organization_id, provider_id, period, rank, jobs)
SELECT configuration_id, organization_id, provider_id, coalesce(hour, day), rank, count(*)
FROM job, date_trunc('hour', queued_at, 'UTC') AS hour, date_trunc('day', queued_at, 'UTC') AS day
WHERE queued_at IS NOT NULL
GROUP BY GROUPING SETS ((rank), (rank, hour), (organization_id, rank), (organization_id, rank, hour),
  (configuration_id, organization_id, provider_id, rank, day));

INSERT INTO tally_of_day (organization_id, day, rank, jobs)
SELECT organization_id, date_trunc('day', period, 'UTC'), rank, sum(jobs)
FROM tally WHERE configuration_id IS NULL AND period IS NOT NULL GROUP BY 1, 2, 3;

INSERT INTO jobs_of_job_type
SELECT configuration_id, organization_id, provider_id,
  coalesce(sum(jobs) FILTER (WHERE rank = 0), 0), coalesce(sum(jobs) FILTER (WHERE rank = 1), 0),
  coalesce(sum(jobs) FILTER (WHERE rank = 2), 0), coalesce(sum(jobs) FILTER (WHERE rank = 3), 0),
  coalesce(sum(jobs) FILTER (WHERE rank = 4), 0)
FROM tally WHERE configuration_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- How many tallies are not what counting the rows gives.
WITH counted AS (
  SELECT configuration_id, organization_id, provider_id, coalesce(hour, day) AS period, rank, count(*) AS jobs
  FROM job, date_trunc('hour', queued_at, 'UTC') AS hour, date_trunc('day', queued_at, 'UTC') AS day
  WHERE queued_at IS NOT NULL
  GROUP BY GROUPING SETS ((rank), (rank, hour), (organization_id, rank), (organization_id, rank, hour),
    (configuration_id, organization_id, provider_id, rank),
    (configuration_id, organization_id, provider_id, rank, day))
), kept AS (
  SELECT configuration_id, organization_id, provider_id, period, rank, jobs FROM tally WHERE jobs <> 0
  UNION ALL
  SELECT configuration_id, organization_id, provider_id, NULL, rank, jobs
  FROM jobs_of_job_type CROSS JOIN LATERAL (
    VALUES (0, queued), (1, executing), (2, cancelled), (3, failed), (4, completed)
  ) AS of_rank (rank, jobs) WHERE jobs <> 0
), days_counted AS (
  SELECT organization_id, day, rank, count(*) AS jobs
  FROM job, date_trunc('day', queued_at, 'UTC') AS day
  WHERE queued_at IS NOT NULL
  GROUP BY GROUPING SETS ((rank, day), (organization_id, rank, day))
), days_kept AS (
  SELECT organization_id, day, rank, jobs FROM tally_of_day WHERE jobs <> 0
)
SELECT (
  SELECT count(*) FROM (
    (TABLE counted EXCEPT ALL TABLE kept) UNION ALL (TABLE kept EXCEPT ALL TABLE counted)) AS wrong
) + (
  SELECT count(*) FROM (
    (TABLE days_counted EXCEPT ALL TABLE days_kept)
    UNION ALL (TABLE days_kept EXCEPT ALL TABLE days_counted)) AS wrong
)

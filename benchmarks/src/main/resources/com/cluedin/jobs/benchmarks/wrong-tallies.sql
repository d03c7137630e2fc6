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
)
SELECT count(*) FROM (
  (TABLE counted EXCEPT ALL TABLE kept) UNION ALL (TABLE kept EXCEPT ALL TABLE counted)
) AS wrong

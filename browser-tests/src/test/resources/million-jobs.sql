-- A million jobs of the last six weeks that are over, of the job types the scheduler has: their rows, the
-- tallies of these, and the job types as the read model knows them.
SET search_path = tracker;
SELECT setseed(0.5);
CREATE TEMP TABLE job_type_made AS
SELECT row_number() OVER (ORDER BY id) - 1 AS i, split_part(id, '|', 3)::uuid AS provider_id, configuration_id,
  organization_id, user_id, name, configuration_name
FROM scheduler.job_type;

INSERT INTO job (id, organization_id, configuration_id, provider_id, user_id, queued_at, started_at,
  first_heard_at, heard_at, finished_at, alarm_seconds, progress, attempt, rank, name, configuration_name,
  queue, agent, remark)
SELECT (left(uuidv7(queued_at - now())::text, 33) || '000')::uuid, organization_id, configuration_id,
  provider_id, user_id, queued_at, queued_at + interval '1 second', queued_at + interval '1 second',
  queued_at + length, queued_at + length, 0, (random() * 5000)::int, 1, rank, name, configuration_name,
  'default', 'agent-' || i % 8, CASE rank WHEN 3 THEN 'the source answered 503 Service Unavailable' ELSE '' END
FROM (
  SELECT job_type_made.*, now() - n * interval '3.6288 seconds' AS queued_at,
    interval '2 seconds' + random() * interval '20 minutes' AS length,
    CASE WHEN share < 0.92 THEN 4 WHEN share < 0.97 THEN 3 ELSE 2 END AS rank
  FROM (
    SELECT n, random() AS share, (random() * 1000000)::int % (SELECT count(*) FROM job_type_made) AS made
    FROM generate_series(1, 1000000) AS n
  ) AS n JOIN job_type_made ON i = made
) AS job ORDER BY queued_at;

INSERT INTO job_type
SELECT DISTINCT ON (configuration_id, organization_id, provider_id)
  configuration_id, organization_id, provider_id, name, configuration_name, queued_at
FROM job ORDER BY configuration_id, organization_id, provider_id, queued_at DESC;

INSERT INTO tally (configuration_id, organization_id, provider_id, period, rank, jobs)
SELECT configuration_id, organization_id, provider_id, coalesce(hour, day), rank, count(*)
FROM job, date_trunc('hour', queued_at, 'UTC') AS hour, date_trunc('day', queued_at, 'UTC') AS day
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

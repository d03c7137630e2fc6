-- A million jobs of six weeks: a thousand job types of uneven weight, some in one configuration with another,
-- of twenty-two organizations, one with half of them; a connector has its own measure of clues.
SET search_path = tracker;
SELECT setseed(0.5);
CREATE TEMP TABLE job_type_made AS SELECT i,
  lpad(to_hex(i - CASE WHEN i % 20 = 1 THEN 1 ELSE 0 END), 32, '0')::uuid AS configuration_id,
  lpad(to_hex(CASE WHEN i % 10 < 5 THEN 1 WHEN i % 10 < 8 THEN 2 ELSE 3 + i / 20 % 20 END), 32, '0')::uuid
    AS organization_id,
  lpad(to_hex(i % 20), 32, '0')::uuid AS provider_id,
  (ARRAY['HubSpot', 'SharePoint', 'Salesforce', 'Acceptance', 'Dropbox', 'GitHub', 'Jira', 'Slack', 'SAP',
    'Zendesk'])[1 + i / 20 % 10] AS name,
  CASE WHEN i % 7 > 0 THEN 'Account ' || i END AS configuration_name
FROM generate_series(0, 999) AS i;

INSERT INTO job (id, organization_id, configuration_id, provider_id, user_id, queued_at, started_at,
  first_heard_at, heard_at, finished_at, alarm_seconds, progress, attempt, rank, name, configuration_name,
  queue, agent, remark)
SELECT uuidv7(queued_at - now()), organization_id, configuration_id, provider_id, organization_id, queued_at,
  CASE WHEN rank IN (1, 3, 4) OR rank = 2 AND random() < 0.5
    THEN queued_at + random() * interval '2 minutes' END,
  queued_at, queued_at,
  CASE WHEN rank >= 2 THEN queued_at + interval '2 minutes' + random() * interval '20 minutes' END,
  0,
  CASE rank WHEN 0 THEN 0 WHEN 3 THEN (random() * 50)::int
    ELSE (power(10, i / 20 % 10 / 2.0) * (1 + random()))::int END,
  1, rank, name, configuration_name, 'default', CASE WHEN rank > 0 THEN 'agent-' || i % 8 END, ''
FROM (
  SELECT job_type_made.*, timestamptz '2026-03-01T00:00:00Z' + n * interval '3.6288 seconds' AS queued_at,
    CASE WHEN n > 998000 THEN 0 WHEN n > 997500 THEN 1 WHEN share < 0.92 THEN 4 WHEN share < 0.97 THEN 3
      ELSE 2 END AS rank
  FROM (
    SELECT n, random() AS share, (random() * random() * 1000)::int % 1000 AS made
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

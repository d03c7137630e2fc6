-- The job types that jobs were queued for, as the newest JobQueued describes each. Lists that are asked for
-- by name find their job types here, and so never look for a name among jobs.
CREATE TABLE job_type (
  configuration_id   uuid NOT NULL,
  organization_id    uuid NOT NULL,
  provider_id        uuid NOT NULL,
  name               text NOT NULL,
  configuration_name text,
  queued_at          timestamptz NOT NULL, -- of the newest JobQueued
  PRIMARY KEY (configuration_id, organization_id, provider_id)
) WITH (fillfactor = 50);

-- Nobody may change a job between being counted and the new tallies being there.
LOCK TABLE job IN SHARE ROW EXCLUSIVE MODE;

INSERT INTO job_type (configuration_id, organization_id, provider_id, name, configuration_name, queued_at)
SELECT DISTINCT ON (configuration_id, organization_id, provider_id)
  configuration_id, organization_id, provider_id, name, configuration_name, queued_at
FROM job WHERE queued_at IS NOT NULL
ORDER BY configuration_id, organization_id, provider_id, queued_at DESC, name COLLATE "C" DESC,
  configuration_name COLLATE "C" DESC NULLS LAST;

-- What was tallied for each configuration is tallied for each of its job types from now on.
ALTER TABLE tally ADD COLUMN provider_id uuid;
ALTER TABLE tally DROP CONSTRAINT tally_configuration_id_organization_id_period_rank_key;
DELETE FROM tally WHERE configuration_id IS NOT NULL;
INSERT INTO tally (configuration_id, organization_id, provider_id, period, rank, jobs)
SELECT configuration_id, organization_id, provider_id, day, rank, count(*)
FROM job, date_trunc('day', queued_at, 'UTC') AS day
WHERE queued_at IS NOT NULL
GROUP BY GROUPING SETS (
  (configuration_id, organization_id, provider_id, rank),
  (configuration_id, organization_id, provider_id, rank, day));
ALTER TABLE tally
  ADD UNIQUE NULLS NOT DISTINCT (configuration_id, organization_id, period, rank, provider_id);

-- How many jobs there ever were of each rank and job type. Among the hours and days of tally they lay far apart,
-- one or two to a page of the table. Trackers of the version before look for them and keep them there; they are to be
-- stopped first.
LOCK TABLE tally IN SHARE ROW EXCLUSIVE MODE;
CREATE TABLE tally_of_job_type (
  configuration_id uuid NOT NULL,
  organization_id  uuid NOT NULL,
  provider_id      uuid NOT NULL,
  rank             smallint NOT NULL,
  jobs             bigint NOT NULL,
  PRIMARY KEY (configuration_id, organization_id, provider_id, rank)
) WITH (fillfactor = 50);

INSERT INTO tally_of_job_type (configuration_id, organization_id, provider_id, rank, jobs)
SELECT configuration_id, organization_id, provider_id, rank, jobs
FROM tally WHERE configuration_id IS NOT NULL AND period IS NULL
ORDER BY 1, 2, 3, 4;
DELETE FROM tally WHERE configuration_id IS NOT NULL AND period IS NULL;
ANALYZE tally_of_job_type;

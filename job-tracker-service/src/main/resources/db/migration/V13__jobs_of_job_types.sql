-- What there ever was of each job type in one row, with a column for each state instead of a row for each rank: a batch
-- writes half as many of them, and a list that names job types looks each up once. Trackers of the version before look
-- for the table that goes; they are to be stopped first.
LOCK TABLE tally_of_job_type IN ACCESS EXCLUSIVE MODE;
CREATE TABLE jobs_of_job_type (
  configuration_id uuid NOT NULL,
  organization_id  uuid NOT NULL,
  provider_id      uuid NOT NULL,
  queued           bigint NOT NULL,
  executing        bigint NOT NULL,
  cancelled        bigint NOT NULL,
  failed           bigint NOT NULL,
  completed        bigint NOT NULL,
  PRIMARY KEY (configuration_id, organization_id, provider_id)
) WITH (fillfactor = 50);

INSERT INTO jobs_of_job_type
SELECT configuration_id, organization_id, provider_id,
  coalesce(sum(jobs) FILTER (WHERE rank = 0), 0), coalesce(sum(jobs) FILTER (WHERE rank = 1), 0),
  coalesce(sum(jobs) FILTER (WHERE rank = 2), 0), coalesce(sum(jobs) FILTER (WHERE rank = 3), 0),
  coalesce(sum(jobs) FILTER (WHERE rank = 4), 0)
FROM tally_of_job_type GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
DROP TABLE tally_of_job_type;
ANALYZE jobs_of_job_type;

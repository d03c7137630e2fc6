-- What is known of a job, and of its newest run, which is where the job stands. A row whose queued_at
-- is null is of a job whose JobQueued has not been seen yet; nobody is shown it. rank is the place of
-- the state: 0 queued, 1 executing, 2 cancelled, 3 failed, 4 completed.
--
-- No index holds a column that changes with every progress, so most updates stay within their page.
CREATE TABLE job (
  id                   uuid PRIMARY KEY,
  organization_id      uuid,
  configuration_id     uuid,
  provider_id          uuid,
  user_id              uuid,
  queued_at            timestamptz,
  scheduled_for        timestamptz,
  abandon_requested_at timestamptz,
  started_at           timestamptz,
  heard_at             timestamptz,
  finished_at          timestamptz,
  alarm_seconds        bigint,
  progress             bigint NOT NULL,
  attempt              smallint NOT NULL, -- 0 when no run is known
  rank                 smallint NOT NULL,
  name                 text,
  configuration_name   text,
  queue                text,
  agent                text,
  remark               text NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX job_newest ON job (queued_at, id);
CREATE INDEX job_of_organization ON job (organization_id, queued_at, id);
CREATE INDEX job_of_configuration ON job (configuration_id, queued_at, id);
CREATE INDEX job_abandoned ON job (abandon_requested_at)
  WHERE abandon_requested_at IS NOT NULL AND rank = 1;

-- Runs that are not the newest of their job any more.
CREATE TABLE earlier_run (
  job_id      uuid NOT NULL,
  attempt     smallint NOT NULL,
  rank        smallint NOT NULL,
  progress    bigint NOT NULL,
  agent       text,
  started_at  timestamptz,
  heard_at    timestamptz,
  finished_at timestamptz,
  remark      text NOT NULL,
  PRIMARY KEY (job_id, attempt)
);

-- How many jobs there are: of one organization or of all (null), of one configuration or of all
-- (null), queued in one period (an hour for all configurations, a day for one) or ever (null).
CREATE TABLE tally (
  configuration_id uuid,
  organization_id  uuid,
  period           timestamptz,
  rank             smallint NOT NULL,
  jobs             bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (configuration_id, organization_id, period, rank)
) WITH (fillfactor = 50);

-- How far each partition has been read. It commits together with what was read.
CREATE TABLE position (
  topic       text NOT NULL,
  partition   integer NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);

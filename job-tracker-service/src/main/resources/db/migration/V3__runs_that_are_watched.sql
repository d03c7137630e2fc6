-- The unfinished job that an occurrence was skipped for, or that its own job waits for.
ALTER TABLE decision ADD COLUMN overlapping_job uuid;

-- What the watch over jobs needs. An abandonment's person and reason are those of the first request, and
-- empty where it names none. first_heard_at and heard_at are when Kafka took the first and the last event
-- of the run's agent; a run is silent while nothing was heard of it after silent_heard_at.
ALTER TABLE job
  ADD COLUMN requested_by         text,
  ADD COLUMN longest_run_seconds  bigint,
  ADD COLUMN alarm_at             timestamptz,
  ADD COLUMN alarm_raised_at      timestamptz,
  ADD COLUMN abandon_requested_by text,
  ADD COLUMN abandon_reason       text,
  ADD COLUMN first_heard_at       timestamptz,
  ADD COLUMN silent_heard_at      timestamptz;

ALTER TABLE earlier_run
  ADD COLUMN first_heard_at  timestamptz,
  ADD COLUMN silent_heard_at timestamptz;

UPDATE job SET
  alarm_at = CASE WHEN alarm_seconds > 0 THEN queued_at + alarm_seconds * interval '1 second' END,
  abandon_requested_by = CASE WHEN abandon_requested_at IS NOT NULL THEN '' END,
  abandon_reason = CASE WHEN abandon_requested_at IS NOT NULL THEN '' END
WHERE alarm_seconds > 0 AND rank < 2 OR abandon_requested_at IS NOT NULL;

DROP INDEX job_abandoned;
CREATE INDEX job_abandoned ON job (abandon_requested_at)
  WHERE abandon_requested_at IS NOT NULL AND rank < 2;
CREATE INDEX job_executing ON job (id) WHERE rank = 1;
CREATE INDEX job_alarm_due ON job (alarm_at)
  WHERE alarm_at IS NOT NULL AND alarm_raised_at IS NULL AND rank < 2;
CREATE INDEX job_alarm_raised ON job (alarm_raised_at, id) WHERE alarm_raised_at IS NOT NULL;
CREATE INDEX job_alarm_raised_of_organization ON job (organization_id, alarm_raised_at, id)
  WHERE alarm_raised_at IS NOT NULL;
CREATE INDEX job_alarm_open ON job (alarm_raised_at, id)
  WHERE alarm_raised_at IS NOT NULL AND rank < 2;
CREATE INDEX job_alarm_open_of_organization ON job (organization_id, alarm_raised_at, id)
  WHERE alarm_raised_at IS NOT NULL AND rank < 2;

-- All that was told of jobs, as it was heard; of progress only what came too late. The positions see to it
-- that nothing is here twice. read_offset is where it stands in its topic: events of one job in one topic
-- are in one partition. "about" is the time it speaks of, beside its own.
CREATE TABLE job_event (
  job_id      uuid NOT NULL,
  at          timestamptz NOT NULL,
  heard_at    timestamptz NOT NULL,
  about       timestamptz,
  read_offset bigint NOT NULL,
  kind        smallint NOT NULL,
  attempt     smallint NOT NULL, -- 0 when it is said of the job
  source      text,
  who         text,
  words       text
);

CREATE INDEX job_event_of_job ON job_event (job_id);

ALTER TABLE job_type
  ADD COLUMN overlap             text NOT NULL DEFAULT 'skip',
  ADD COLUMN retries             integer NOT NULL DEFAULT 3,
  ADD COLUMN retry_delay_seconds bigint NOT NULL DEFAULT 30,
  ADD COLUMN longest_run_seconds bigint NOT NULL DEFAULT 0;

-- Jobs that have not come to their end, as far as it was heard: queued or running while retry_at is
-- null and waits is false; queued again at retry_at; or waiting for an earlier one of their job type,
-- waits_for, and then for all that were there before it, up to behind. The reference sees to it that a
-- job which ends while another is made to wait for it does not keep that waiting for ever.
CREATE TABLE open_job (
  job_id        uuid PRIMARY KEY,
  job_type_id   text NOT NULL,
  scheduled_for timestamptz,
  attempt       integer NOT NULL,
  retries       integer NOT NULL,
  retry_at      timestamptz,
  waits         boolean NOT NULL,
  waits_for     uuid REFERENCES open_job ON DELETE SET NULL,
  behind        uuid
);

CREATE INDEX open_job_to_retry ON open_job (retry_at) WHERE retry_at IS NOT NULL;
CREATE INDEX open_job_queued ON open_job (job_type_id, job_id) WHERE NOT waits;
CREATE INDEX open_job_waiting ON open_job (job_type_id, job_id) WHERE waits;
CREATE INDEX open_job_waited_for ON open_job (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX open_job_turn_come ON open_job (job_id) WHERE waits AND waits_for IS NULL;

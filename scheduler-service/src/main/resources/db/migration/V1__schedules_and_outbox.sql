-- A schedule of a configuration. next_execution is null when nothing is due any more: the cron never
-- matches again, or the job type was removed.
CREATE TABLE job_type (
  id                 text PRIMARY KEY,
  configuration_id   uuid NOT NULL,
  organization_id    uuid NOT NULL,
  user_id            uuid NOT NULL,
  name               text NOT NULL,
  configuration_name text,
  cron               text NOT NULL,
  time_zone          text NOT NULL,
  queue              text NOT NULL,
  alarm_seconds      bigint NOT NULL,
  created_at         timestamptz NOT NULL,
  integration_at     timestamptz NOT NULL, -- of the newest integration event it follows
  removed_at         timestamptz,
  last_job_id        uuid,
  last_execution     timestamptz,
  last_occurrence    timestamptz,          -- the newest occurrence fired; none before it fires again
  next_execution     timestamptz
);

CREATE INDEX job_type_due ON job_type (next_execution);
CREATE INDEX job_type_of_configuration ON job_type (configuration_id);

-- Events that are decided and not yet known to be in Kafka, in the order they were decided.
CREATE TABLE outbox (
  id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  key   text NOT NULL,
  type  text NOT NULL,
  value text NOT NULL,
  at    timestamptz NOT NULL
);

-- Which scheduler empties the outbox, and until when by the clock of this database.
CREATE TABLE dispatcher_lease (
  name   text PRIMARY KEY,
  holder text NOT NULL,
  until  timestamptz NOT NULL
);

-- What became of each occurrence of each job type.
CREATE TABLE decision (
  job_type_id     text NOT NULL,
  scheduled_for   timestamptz NOT NULL,
  organization_id uuid NOT NULL,
  decision        text NOT NULL,
  job_id          uuid,
  late_seconds    bigint NOT NULL,
  note            text,
  decided_at      timestamptz NOT NULL,
  PRIMARY KEY (job_type_id, scheduled_for)
);

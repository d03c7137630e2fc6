-- How a schedule deals with what gets in its way. paused_at is null while it is not paused.
ALTER TABLE job_type
  ADD COLUMN missed           text NOT NULL DEFAULT 'once',
  ADD COLUMN catch_up_seconds bigint NOT NULL DEFAULT 86400,
  ADD COLUMN spread_seconds   bigint NOT NULL DEFAULT 0,
  ADD COLUMN paused_at        timestamptz,
  ADD COLUMN paused_by        text,
  ADD COLUMN pause_reason     text;

-- The place of the newest integration event it follows is the broker's time (integration_at) and this.
ALTER TABLE job_type ADD COLUMN integration_offset bigint NOT NULL DEFAULT 0;

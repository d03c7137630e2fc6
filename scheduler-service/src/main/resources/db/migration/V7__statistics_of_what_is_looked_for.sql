-- PostgreSQL takes statistics anew whenever a tenth of the table has changed, a thousand triggers of ten thousand job
-- types, and that competes with triggers. They are needed of what job types are looked for by.
ALTER TABLE job_type
  ALTER COLUMN user_id SET STATISTICS 0,
  ALTER COLUMN cron SET STATISTICS 0,
  ALTER COLUMN time_zone SET STATISTICS 0,
  ALTER COLUMN queue SET STATISTICS 0,
  ALTER COLUMN alarm_seconds SET STATISTICS 0,
  ALTER COLUMN integration_at SET STATISTICS 0,
  ALTER COLUMN integration_offset SET STATISTICS 0,
  ALTER COLUMN last_job_id SET STATISTICS 0,
  ALTER COLUMN last_execution SET STATISTICS 0,
  ALTER COLUMN last_occurrence SET STATISTICS 0,
  ALTER COLUMN missed SET STATISTICS 0,
  ALTER COLUMN catch_up_seconds SET STATISTICS 0,
  ALTER COLUMN overlap SET STATISTICS 0,
  ALTER COLUMN spread_seconds SET STATISTICS 0,
  ALTER COLUMN retries SET STATISTICS 0,
  ALTER COLUMN retry_delay_seconds SET STATISTICS 0,
  ALTER COLUMN longest_run_seconds SET STATISTICS 0,
  ALTER COLUMN paused_by SET STATISTICS 0,
  ALTER COLUMN pause_reason SET STATISTICS 0,
  ALTER COLUMN restored_at SET STATISTICS 0;

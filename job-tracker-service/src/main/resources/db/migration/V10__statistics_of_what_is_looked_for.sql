-- PostgreSQL takes statistics anew whenever a tenth of a table has changed, and that competes with those who change
-- it. They are needed of what rows are looked for by.
ALTER TABLE job
  ALTER COLUMN user_id SET STATISTICS 0,
  ALTER COLUMN scheduled_for SET STATISTICS 0,
  ALTER COLUMN progress SET STATISTICS 0,
  ALTER COLUMN attempt SET STATISTICS 0,
  ALTER COLUMN alarm_seconds SET STATISTICS 0,
  ALTER COLUMN name SET STATISTICS 0,
  ALTER COLUMN configuration_name SET STATISTICS 0,
  ALTER COLUMN queue SET STATISTICS 0,
  ALTER COLUMN remark SET STATISTICS 0,
  ALTER COLUMN requested_by SET STATISTICS 0,
  ALTER COLUMN longest_run_seconds SET STATISTICS 0,
  ALTER COLUMN abandon_requested_by SET STATISTICS 0,
  ALTER COLUMN abandon_reason SET STATISTICS 0;

-- Events are looked for by their job alone, of which each has three or more: a small sample would not show it.
ALTER TABLE job_event
  ALTER COLUMN job_id SET (n_distinct = -0.33),
  ALTER COLUMN job_id SET STATISTICS 10,
  ALTER COLUMN at SET STATISTICS 0,
  ALTER COLUMN heard_at SET STATISTICS 0,
  ALTER COLUMN about SET STATISTICS 0,
  ALTER COLUMN read_offset SET STATISTICS 0,
  ALTER COLUMN kind SET STATISTICS 0,
  ALTER COLUMN attempt SET STATISTICS 0,
  ALTER COLUMN source SET STATISTICS 0,
  ALTER COLUMN who SET STATISTICS 0,
  ALTER COLUMN words SET STATISTICS 0;

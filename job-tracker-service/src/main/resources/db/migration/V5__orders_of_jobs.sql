-- The clues of a job that has ended. What progress changes is null here, so that it stays out of indexes.
ALTER TABLE job ADD COLUMN clues bigint GENERATED ALWAYS AS (CASE WHEN rank >= 2 THEN progress END) STORED;

-- The orders lists can be asked for in, of each state by itself. A job is put in once, when it has ended. What
-- is of other configurations is passed over without a look at its row.
CREATE INDEX job_by_start ON job (rank, started_at DESC NULLS LAST, id DESC) INCLUDE (configuration_id)
  WHERE rank >= 2 AND queued_at IS NOT NULL;
CREATE INDEX job_by_end ON job (rank, finished_at DESC NULLS LAST, id DESC) INCLUDE (configuration_id)
  WHERE rank >= 2 AND queued_at IS NOT NULL;
CREATE INDEX job_by_clues ON job (rank, clues DESC NULLS LAST, id DESC) INCLUDE (configuration_id)
  WHERE rank >= 2 AND queued_at IS NOT NULL;
CREATE INDEX job_waiting ON job (id) WHERE rank = 0;

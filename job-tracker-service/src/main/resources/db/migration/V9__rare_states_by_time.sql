-- What is rare among the jobs of an hour, in the order of lists. Completed ones, nearly all, have job_newest.
CREATE INDEX job_queued ON job (queued_at, id) WHERE rank = 0;
CREATE INDEX job_running ON job (queued_at, id) WHERE rank = 1;
CREATE INDEX job_cancelled ON job (queued_at, id) WHERE rank = 2;
CREATE INDEX job_failed ON job (queued_at, id) WHERE rank = 3;
DROP INDEX job_waiting;
DROP INDEX job_executing;

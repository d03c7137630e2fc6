-- A vacuum of jobs reads all their indexes. For what was inserted PostgreSQL does that as soon as a fifth of what is not
-- frozen is new, and nearly all of a long history is frozen: the longer it was, the more often.
ALTER TABLE job SET (autovacuum_vacuum_insert_scale_factor = 1);

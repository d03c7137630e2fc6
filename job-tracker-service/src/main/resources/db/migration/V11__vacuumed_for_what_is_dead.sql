-- A vacuum of jobs reads all their indexes. For what was inserted PostgreSQL does that as soon as a fifth of what is not
-- frozen is new, and most of a long history is frozen: the longer it is, the more often for as many rows.
ALTER TABLE job SET (autovacuum_vacuum_insert_scale_factor = 1);

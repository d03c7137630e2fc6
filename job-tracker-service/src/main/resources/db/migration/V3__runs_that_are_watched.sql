-- The unfinished job that an occurrence was skipped for, or that its own job waits for.
ALTER TABLE decision ADD COLUMN "overlaps" uuid;

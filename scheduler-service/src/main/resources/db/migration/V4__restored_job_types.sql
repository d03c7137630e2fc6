-- When a person brought it back: what its integration said before that ends it no more.
ALTER TABLE job_type ADD COLUMN restored_at timestamptz;

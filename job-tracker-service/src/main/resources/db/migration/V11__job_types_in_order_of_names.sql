-- The first job types in order of their names, or of those of their configurations, are found without sorting all.
-- What has no name comes last in either direction, so each direction has an index.
CREATE INDEX job_type_by_name ON job_type
  (lower(name COLLATE pg_c_utf8), (name COLLATE "C"));
CREATE INDEX job_type_by_name_backward ON job_type
  (lower(name COLLATE pg_c_utf8) DESC NULLS LAST, (name COLLATE "C") DESC);
CREATE INDEX job_type_by_configuration ON job_type
  (lower(configuration_name COLLATE pg_c_utf8), (configuration_name COLLATE "C"));
CREATE INDEX job_type_by_configuration_backward ON job_type
  (lower(configuration_name COLLATE pg_c_utf8) DESC NULLS LAST, (configuration_name COLLATE "C") DESC);
ANALYZE job_type;

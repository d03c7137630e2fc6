-- The orders of lists by name and by configuration, so that their first job types are found without a look at all of
-- them. What has no name comes last in both directions, so each has an index of its own.
CREATE INDEX job_type_by_name ON job_type (
  lower(name COLLATE pg_c_utf8), (name COLLATE "C"),
  lower(configuration_name COLLATE pg_c_utf8), (configuration_name COLLATE "C"),
  configuration_id, organization_id, provider_id);
CREATE INDEX job_type_by_name_backwards ON job_type (
  lower(name COLLATE pg_c_utf8) DESC NULLS LAST, (name COLLATE "C") DESC,
  lower(configuration_name COLLATE pg_c_utf8), (configuration_name COLLATE "C"),
  configuration_id, organization_id, provider_id);
CREATE INDEX job_type_by_configuration ON job_type (
  lower(configuration_name COLLATE pg_c_utf8), (configuration_name COLLATE "C"),
  lower(name COLLATE pg_c_utf8), (name COLLATE "C"),
  configuration_id, organization_id, provider_id);
CREATE INDEX job_type_by_configuration_backwards ON job_type (
  lower(configuration_name COLLATE pg_c_utf8) DESC NULLS LAST, (configuration_name COLLATE "C") DESC,
  lower(name COLLATE pg_c_utf8), (name COLLATE "C"),
  configuration_id, organization_id, provider_id);

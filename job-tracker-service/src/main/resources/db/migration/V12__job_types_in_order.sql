-- Names as searches look through them and lists put them in order, and the orders of lists by name and by configuration,
-- so that their first job types are found without a look at all of them. Backwards the second name and the ids ascend
-- all the same, so each direction has an index. With 400 characters of three bytes to a name an entry has 2,464 bytes
-- of the 2,704 it may have; the names as they are written would be too much.
ALTER TABLE job_type
  ADD COLUMN folded_name text COLLATE pg_c_utf8
    GENERATED ALWAYS AS (lower(name COLLATE pg_c_utf8)) STORED,
  ADD COLUMN folded_configuration_name text COLLATE pg_c_utf8
    GENERATED ALWAYS AS (lower(configuration_name COLLATE pg_c_utf8)) STORED;

CREATE INDEX job_type_by_name ON job_type (
  folded_name, folded_configuration_name, configuration_id, organization_id, provider_id);
CREATE INDEX job_type_by_name_backwards ON job_type (
  folded_name DESC NULLS LAST, folded_configuration_name, configuration_id, organization_id, provider_id);
CREATE INDEX job_type_by_configuration ON job_type (
  folded_configuration_name, folded_name, configuration_id, organization_id, provider_id);
CREATE INDEX job_type_by_configuration_backwards ON job_type (
  folded_configuration_name DESC NULLS LAST, folded_name, configuration_id, organization_id, provider_id);

-- How many jobs there are of each rank in each day (UTC): the hours of tally put together, so that a page far
-- down is found without a look at every hour there ever was. Without an organization: of all of them.
-- Trackers of the version before do not keep it; they are to be stopped first.
LOCK TABLE tally IN SHARE ROW EXCLUSIVE MODE;
CREATE TABLE tally_of_day (
  organization_id uuid,
  day             timestamptz NOT NULL,
  rank            smallint NOT NULL,
  jobs            bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organization_id, day, rank)
) WITH (fillfactor = 50);

INSERT INTO tally_of_day (organization_id, day, rank, jobs)
SELECT organization_id, date_trunc('day', period, 'UTC'), rank, sum(jobs)
FROM tally WHERE configuration_id IS NULL AND period IS NOT NULL
GROUP BY 1, 2, 3;

-- Jobs number ? to ?, the higher the older.
INSERT INTO job (id, organization_id, configuration_id, provider_id, user_id, queued_at, started_at,
  first_heard_at, heard_at, finished_at, progress, attempt, rank, name, configuration_name, queue,
  agent, remark)
SELECT (left(uuidv7(queued_at - now())::text, 33) || '000')::uuid,
  ('e4fa89de-0000-4000-8000-' || lpad(to_hex(made % 20), 12, '0'))::uuid,
  ('c0f10000-0000-4000-8000-' || lpad(to_hex(made), 12, '0'))::uuid,
  ('add40000-0000-4000-8000-' || lpad(to_hex(made % 8), 12, '0'))::uuid,
  'eedd5056-0e1a-429e-9e3b-19104d63bd9a', queued_at, queued_at + interval '1 second',
  queued_at + interval '1 second', queued_at + length, queued_at + length, (random() * 5000)::int,
  1, rank, 'Connector ' || made % 8, 'account ' || made, 'default', 'agent-' || made % 8,
  CASE rank WHEN 3 THEN 'IOException: the source answered 503 Service Unavailable' ELSE '' END
FROM (
  SELECT now() - n * interval '3.6288 seconds' AS queued_at,
    interval '2 seconds' + random() * interval '20 minutes' AS length,
    (random() * 1e6)::int % 10000 AS made,
    CASE WHEN share < 0.92 THEN 4 WHEN share < 0.97 THEN 3 ELSE 2 END AS rank
  FROM (SELECT n, random() AS share FROM generate_series(?::bigint, ?::bigint) AS n) AS numbered
) AS job ORDER BY queued_at

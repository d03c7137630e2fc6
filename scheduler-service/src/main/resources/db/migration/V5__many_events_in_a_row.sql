-- A row is what one transaction tells of one kind on one topic: keys and events are lines, and belong
-- together by their order.
ALTER TABLE outbox RENAME key TO keys;
ALTER TABLE outbox RENAME value TO events;

-- Triggers change no index of a job type: with room on its page the new row needs no index entries.
ALTER TABLE job_type SET (fillfactor = 50);

-- A row is what one transaction tells of one kind on one topic: keys and events are lines, and belong
-- together by their order.
ALTER TABLE outbox RENAME key TO keys;
ALTER TABLE outbox RENAME value TO events;

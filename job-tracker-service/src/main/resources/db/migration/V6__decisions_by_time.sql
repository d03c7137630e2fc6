-- Those that are too old are found by it.
CREATE INDEX decision_by_time ON decision (scheduled_for);

package com.cluedin.jobs.scheduler;

import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/// What writes rows of a table and gives none back, to go to PostgreSQL with events in one
/// statement ({@link Outbox#add}). So none sees what another writes, all fail together, and no two
/// of a statement have a table or the name of a parameter in common; the outbox's own are `topic`,
/// `type`, `at`, `keys` and `events`.
///
/// @param what the table
record Change(String what, String sql, UnaryOperator<GenericExecuteSpec> binding) {}

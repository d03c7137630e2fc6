package com.cluedin.jobs.scheduler;

import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/// A statement that writes rows and gives none back. Several may go to PostgreSQL as one, so their
/// parameters have different names, and none sees what another writes.
///
/// @param what the table that it writes
record Change(String what, String sql, UnaryOperator<GenericExecuteSpec> binding) {}

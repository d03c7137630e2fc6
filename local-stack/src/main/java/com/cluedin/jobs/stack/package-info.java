/// Real Kafka and real PostgreSQL as child processes: the one-command start of the whole system,
/// and the fixture of integration tests.
@NullMarked
package com.cluedin.jobs.stack;

import org.jspecify.annotations.NullMarked;

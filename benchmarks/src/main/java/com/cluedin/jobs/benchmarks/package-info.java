/// Measures the system on the started stack, with real Kafka and real PostgreSQL.
@NullMarked
package com.cluedin.jobs.benchmarks;

import org.jspecify.annotations.NullMarked;

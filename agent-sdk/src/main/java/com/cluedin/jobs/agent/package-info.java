/// What a crawler's author uses. One interface, {@link Crawler}, says what to do; {@link Agent}
/// brings jobs to it, holds their leases, tells the others how they go, and stops them when asked.
///
/// Threads, in one place. An agent has one thread per {@link Slot}, which owns a share consumer,
/// holds the lease of at most one job and sends its events; one thread per running job, which runs
/// the crawler's code and nothing else; one thread that reads {@link Abandonments}; one that wakes
/// slots whose poll stalled; and those of the Kafka clients. They meet in {@link Run}: its clues,
/// its wish to be stopped and its outcome.
@NullMarked
package com.cluedin.jobs.agent;

import org.jspecify.annotations.NullMarked;

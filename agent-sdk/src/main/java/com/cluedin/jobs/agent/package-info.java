/// What a crawler's author uses. One interface, {@link Crawler}, says what to do; {@link Agent}
/// brings jobs to it, holds their leases, tells the others how they go, and stops them when asked.
///
/// Threads, in one place. An agent has one thread that waits for jobs, {@link Taker}; one for each
/// {@link Batch} of jobs taken together, which holds their lease and sends their events; one per
/// running job, which runs the crawler's code and nothing else; one that reads {@link
/// Abandonments}; one that wakes the taker when its poll stalled; and those of the Kafka clients.
/// They meet in {@link Run}: its clues, its wish to be stopped and its outcome.
@NullMarked
package com.cluedin.jobs.agent;

import org.jspecify.annotations.NullMarked;

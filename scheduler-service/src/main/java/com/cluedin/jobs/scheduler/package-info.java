/// Schedules and their occurrences. Integrations come in, what is due is claimed and fired, jobs go
/// out: each occurrence once, whatever fails in between and however many schedulers there are.
@NullMarked
package com.cluedin.jobs.scheduler;

import org.jspecify.annotations.NullMarked;

/// A Java agent that stops a service at a named point of its code. It knows nothing of the service,
/// and no library.
@NullMarked
package com.cluedin.jobs.faults.breakpoint;

import org.jspecify.annotations.NullMarked;

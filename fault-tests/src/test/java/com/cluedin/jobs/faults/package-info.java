/// The fault suite: a seeded workload, faults put into the started stack, and a check of everything
/// that must hold all the same.
@NullMarked
package com.cluedin.jobs.faults;

import org.jspecify.annotations.NullMarked;

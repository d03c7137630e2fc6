/// The read model of jobs: projects what is told of them, answers lists, counts and runs, and takes
/// the wish to abandon one.
@NullMarked
package com.cluedin.jobs.tracker;

import org.jspecify.annotations.NullMarked;

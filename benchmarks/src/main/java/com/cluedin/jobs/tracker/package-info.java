/// What of the tracker is measured in parts.
@NullMarked
package com.cluedin.jobs.tracker;

import org.jspecify.annotations.NullMarked;

/// The cron dialect: reading an expression, saying what is wrong with it, and finding its next
/// occurrence.
@NullMarked
package com.cluedin.jobs.scheduler.cron;

import org.jspecify.annotations.NullMarked;

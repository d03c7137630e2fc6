/// What every service does the same way at its edges: events out to Kafka, dead letters, health
/// that tells the truth, refusals as problem details.
@NullMarked
package com.cluedin.jobs.service;

import org.jspecify.annotations.NullMarked;

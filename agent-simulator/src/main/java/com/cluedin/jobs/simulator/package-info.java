/// Crawlers made of the agent sdk that crawl nothing: for local work, demonstrations and load.
@NullMarked
package com.cluedin.jobs.simulator;

import org.jspecify.annotations.NullMarked;

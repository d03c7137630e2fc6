/// The only door: the HTTP contract, who may come in, and the OpenAPI description. It stores and
/// decides nothing: requests are relayed to the scheduler and the tracker, and what is asked of
/// integrations becomes an event.
@NullMarked
package com.cluedin.jobs.gateway;

import org.jspecify.annotations.NullMarked;

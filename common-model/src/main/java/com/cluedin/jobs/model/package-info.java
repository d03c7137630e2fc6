/// The language all services share: events and how they look on the wire, topics, ids, and the
/// views the HTTP contract shows. It knows no Spring and decides nothing.
@NullMarked
package com.cluedin.jobs.model;

import org.jspecify.annotations.NullMarked;

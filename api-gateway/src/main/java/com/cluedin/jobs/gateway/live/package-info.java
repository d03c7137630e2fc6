/// What happens, as it happens: the log, told to whoever watches. Nothing is read while nobody
/// does.
@NullMarked
package com.cluedin.jobs.gateway.live;

import org.jspecify.annotations.NullMarked;

package com.cluedin.jobs.faults;

import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A record on a queue, from the first event of its runs to the last, silences and all.
record Turn(JobQueued queued, Instant begun, Instant over) {

  private static final Duration STEP = Duration.ofMillis(100);

  /// That of a record of which something was heard.
  static Optional<Turn> of(JobQueued queued, List<RunEvent> events) {
    List<Instant> times =
        events.stream()
            .filter(event -> !(event instanceof JobRetryScheduled))
            .filter(event -> JobIds.firstAttemptOfRecord(event.attempt()) == queued.attempt())
            .map(RunEvent::at)
            .sorted()
            .toList();
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(new Turn(queued, times.getFirst(), times.getLast()));
  }

  /// How long it waited from then on while there was room for it.
  ///
  /// Faults change how many places there are, and some queues have one agent; but who listens to a
  /// queue at all has as many places as one agent. There is room while fewer have their turn.
  Duration waitedInVain(Instant since, List<Turn> all) {
    long steps =
        Stream.iterate(since, time -> time.isBefore(begun), time -> time.plus(STEP))
            .filter(time ->
                all.stream().filter(other -> other.takesPlaceOf(this, time)).count()
                    < Stage.PLACES_OF_AN_AGENT)
            .count();
    return STEP.multipliedBy(steps);
  }

  private boolean takesPlaceOf(Turn waiting, Instant time) {
    return queued.queue().equals(waiting.queued.queue())
        && !begun.isAfter(time)
        && !over.isBefore(time);
  }
}

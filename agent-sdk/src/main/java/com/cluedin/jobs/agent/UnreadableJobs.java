package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Unreadable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records on a job queue that are no jobs. The tracker keeps them as dead letters; an agent counts
/// them, says so once per cause, and goes on.
final class UnreadableJobs {

  private static final Logger log = LoggerFactory.getLogger(UnreadableJobs.class);
  private static final int MOST_CAUSES = 1_000;

  private final Set<String> causesLogged = ConcurrentHashMap.newKeySet();
  private final AtomicLong count = new AtomicLong();

  void pass(ConsumerRecord<String, Message> record) {
    count.incrementAndGet();
    String cause =
        switch (record.value()) {
          case Unreadable(_, String why) -> why;
          case null -> "the record has no value";
          case Event event -> EventWire.typeOf(event.getClass()) + " does not belong here";
        };
    if (causesLogged.size() < MOST_CAUSES && causesLogged.add(cause)) {
      log.warn(
          "passed over {}-{} offset {}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          cause.replaceAll("[\\p{Cntrl}\\s]+", " "));
    }
  }

  long count() {
    return count.get();
  }
}

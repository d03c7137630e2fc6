package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the others how runs go, on {@link Topics#JOB_EVENTS}.
final class RunEvents {

  private static final Logger log = LoggerFactory.getLogger(RunEvents.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<String, Event> producer;

  RunEvents(Producer<String, Event> producer) {
    this.producer = producer;
  }

  /// Does not wait, unless Kafka does not even let it begin.
  ///
  /// @return done when Kafka has the event, failed when it will not
  CompletableFuture<Void> send(RunEvent event) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    producer.send(
        new ProducerRecord<>(Topics.JOB_EVENTS, event.key(), event),
        (_, refusal) -> {
          if (refusal == null) {
            taken.complete(null);
          } else {
            log.warn(
                "Kafka did not take {} of job {}: {}",
                EventWire.typeOf(event.getClass()),
                event.jobId(),
                refusal.toString());
            taken.completeExceptionally(refusal);
          }
        });
    return taken;
  }

  /// Sends what is still on its way.
  void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}

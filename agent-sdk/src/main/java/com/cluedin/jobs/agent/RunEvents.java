package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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

  /// Sends at once and does not wait.
  ///
  /// @return done when Kafka has the event
  Future<RecordMetadata> send(RunEvent event) {
    return producer.send(
        new ProducerRecord<>(Topics.JOB_EVENTS, event.key(), event),
        (_, refusal) -> {
          if (refusal != null) {
            log.warn(
                "Kafka did not take {} of job {}: {}",
                EventWire.typeOf(event.getClass()),
                event.jobId(),
                refusal.toString());
          }
        });
  }

  /// Sends what is still on its way.
  void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}

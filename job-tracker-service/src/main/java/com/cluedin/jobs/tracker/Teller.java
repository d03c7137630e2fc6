package com.cluedin.jobs.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.Topics;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Tells what the tracker has to say of jobs.
@Component
class Teller {

  private final KafkaTemplate<String, Event> events;

  Teller(KafkaTemplate<String, Event> events) {
    this.events = events;
  }

  /// Says what nobody said before: the wish of a person.
  Mono<JobFacts> tellNew(JobEvent event) {
    return tell(event, UUID.randomUUID().toString());
  }

  /// Says what follows from how the job stands: whoever says it again gives it the same id.
  Mono<JobFacts> tell(JobEvent event) {
    return tell(event, idOf(event));
  }

  static String idOf(JobEvent event) {
    String run = event instanceof RunEvent told ? "/" + told.attempt() : "";
    String since = event instanceof JobSilent silent ? "/" + silent.heardAt() : "";
    return EventWire.typeOf(event.getClass()) + "/" + event.jobId() + run + since;
  }

  /// Sending may wait for Kafka, so it is done where waiting hurts nobody: on none of the threads
  /// that answer requests, and not on the producer's own, which brings what it waits for.
  ///
  /// @return what it says, once Kafka has it
  private Mono<JobFacts> tell(JobEvent event, String id) {
    return Mono.fromFuture(() -> events.send(record(event, id)))
        .subscribeOn(Schedulers.boundedElastic())
        .map(_ -> JobFacts.of(event, null));
  }

  private static ProducerRecord<String, Event> record(JobEvent event, String id) {
    String topic =
        event instanceof JobAbandonRequested ? Topics.JOB_ABANDONMENTS : Topics.JOB_EVENTS;
    ProducerRecord<String, Event> record = new ProducerRecord<>(topic, event.key(), event);
    record.headers().add(EventWire.ID, id.getBytes(UTF_8));
    return record;
  }
}

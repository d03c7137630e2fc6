package com.cluedin.jobs.gateway;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.IntegrationEvent;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Sends what was asked of integrations to Kafka.
@Component
class IntegrationEvents {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final KafkaTemplate<String, Event> kafka;
  private final Admin admin;
  private volatile boolean topicInPlace;

  IntegrationEvents(KafkaTemplate<String, Event> kafka, Admin admin) {
    this.kafka = kafka;
    this.admin = admin;
  }

  /// Completes when Kafka has acknowledged the event, and fails when it has not done so in time.
  Mono<Void> send(IntegrationEvent event) {
    return Mono.<Void>fromCallable(
            () -> {
              acknowledged(event);
              return null;
            })
        .subscribeOn(Schedulers.boundedElastic())
        .timeout(LONGEST_WAIT)
        .doOnError(_ -> topicInPlace = false);
  }

  private void acknowledged(IntegrationEvent event) throws InterruptedException, TimeoutException {
    if (!topicInPlace) {
      Topics.ensure(admin, TIMEOUT, List.of(Topics.INTEGRATIONS));
      topicInPlace = true;
    }
    try {
      kafka
          .send(Topics.INTEGRATIONS, event.key(), event)
          .get(LONGEST_WAIT.toMillis(), MILLISECONDS);
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka did not take an event of " + event.key(), e.getCause());
    }
  }
}

package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.IntegrationEvent;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.model.Unreadable;
import com.cluedin.jobs.scheduler.cron.Cron;
import com.cluedin.jobs.service.DeadLetters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// Follows what the owners of integrations say. An event is applied when it is newer than the last
/// one its job type followed, so that reading the topic again changes nothing.
@Component
class Integrations {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final JobTypes jobTypes;
  private final TransactionalOperator transaction;
  private final DeadLetters deadLetters;

  Integrations(JobTypes jobTypes, TransactionalOperator transaction, DeadLetters deadLetters) {
    this.jobTypes = jobTypes;
    this.transaction = transaction;
    this.deadLetters = deadLetters;
  }

  @KafkaListener(id = "integrations", topics = Topics.INTEGRATIONS, groupId = "scheduler")
  void on(List<ConsumerRecord<String, Message>> batch) {
    for (ConsumerRecord<String, Message> record : batch) {
      switch (record.value()) {
        case IntegrationEvent event -> follow(record, event);
        case Unreadable unreadable ->
            deadLetters.pass(record, unreadable.bytes(), unreadable.cause());
        case Event other ->
            deadLetters.pass(record, EventWire.write(other), "does not belong on this topic");
        case null -> {} // the topic is compacted: nothing is left to say of this configuration
      }
    }
  }

  private void follow(ConsumerRecord<String, Message> record, IntegrationEvent event) {
    String fault = faultOf(event);
    if (fault != null) {
      deadLetters.pass(record, EventWire.write(event), fault);
      return;
    }
    Mono<Void> followed =
        switch (event) {
          case IntegrationEnabled enabled -> enable(enabled);
          case IntegrationDisabled disabled -> disable(disabled);
        };
    followed.as(transaction::transactional).block(TIMEOUT);
  }

  private Mono<Void> enable(IntegrationEnabled event) {
    return Mono.zip(jobTypes.now(), jobTypes.lock(event.jobTypeId()).singleOptional())
        .map(read -> after(event, read.getT2(), read.getT1()))
        .flatMap(jobTypes::save);
  }

  private static List<JobType> after(
      IntegrationEnabled event, Optional<JobType> known, Instant now) {
    return known.isEmpty()
        ? List.of(JobType.first(event, now))
        : known
            .filter(jobType -> jobType.integrationAt().isBefore(event.at()))
            .map(jobType -> jobType.enabledAgain(event, now))
            .stream()
            .toList();
  }

  private Mono<Void> disable(IntegrationDisabled event) {
    return jobTypes
        .lockOlder(event.configurationId(), event.at())
        .map(jobType -> jobType.disabled(event))
        .collectList()
        .flatMap(jobTypes::save);
  }

  /// Why an event cannot be followed, or null. What comes through the gateway was checked there.
  private static @Nullable String faultOf(IntegrationEvent event) {
    if (!(event instanceof IntegrationEnabled enabled)) {
      return null;
    }
    try {
      if (enabled.cron() != null) {
        Cron.parse(enabled.cron());
      }
      if (enabled.timeZone() != null) {
        ZoneId.of(enabled.timeZone());
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      return e.getMessage();
    }
    String queue = enabled.queue();
    return queue == null || Topics.QUEUE_NAME.matcher(queue).matches()
        ? null
        : "not a queue name: " + queue;
  }
}

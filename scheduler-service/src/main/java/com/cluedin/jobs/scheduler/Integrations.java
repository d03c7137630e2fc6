package com.cluedin.jobs.scheduler;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.IntegrationEvent;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.model.Unreadable;
import com.cluedin.jobs.scheduler.cron.Cron;
import com.cluedin.jobs.service.DeadLetters;
import com.cluedin.jobs.service.WholeTransactions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Follows what the owners of integrations say. An event is applied when it stands behind the last
/// one its job type followed, so that reading the topic again changes nothing.
@Component
class Integrations {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final JobTypes jobTypes;
  private final OpenJobs openJobs;
  private final DueSchedules dueSchedules;
  private final WholeTransactions transaction;
  private final DeadLetters deadLetters;

  Integrations(
      JobTypes jobTypes,
      OpenJobs openJobs,
      DueSchedules dueSchedules,
      WholeTransactions transaction,
      DeadLetters deadLetters) {
    this.jobTypes = jobTypes;
    this.openJobs = openJobs;
    this.dueSchedules = dueSchedules;
    this.transaction = transaction;
    this.deadLetters = deadLetters;
  }

  void on(List<ConsumerRecord<String, Message>> batch) {
    List<Told> events = batch.stream().flatMap(this::readable).toList();
    if (!events.isEmpty()) {
      follow(events).as(transaction::transactional).block(TIMEOUT);
    }
  }

  private Stream<Told> readable(ConsumerRecord<String, Message> record) {
    return switch (record.value()) {
      case IntegrationEvent event -> {
        String fault = faultOf(event);
        yield fault == null
            ? Stream.of(Told.of(event, record))
            : pass(record, EventWire.write(event), fault);
      }
      case Unreadable unreadable -> pass(record, unreadable.bytes(), unreadable.cause());
      case Event other -> pass(record, EventWire.write(other), "does not belong on this topic");
      case null -> Stream.empty(); // compacted: nothing is left to say of this configuration
    };
  }

  private Stream<Told> pass(
      ConsumerRecord<String, Message> record, byte @Nullable [] bytes, String cause) {
    deadLetters.pass(record, bytes, cause);
    return Stream.empty();
  }

  private Mono<Void> follow(List<Told> events) {
    Set<UUID> configurations =
        events.stream().map(told -> told.event().configurationId()).collect(toSet());
    return jobTypes
        .lockOfConfigurations(configurations)
        .collectList()
        .flatMap(known -> jobTypes.now().flatMap(now -> follow(events, known, now)));
  }

  private Mono<Void> follow(List<Told> events, List<JobType> known, Instant now) {
    return dueSchedules
        .settle(known, now)
        .map(settled -> settled.stream().collect(toMap(JobType::id, identity())))
        .map(before -> after(events, before, now))
        .flatMap(changed -> jobTypes.save(changed).then(openJobs.releaseOf(changed)));
  }

  /// The job types that the events change, as they are after all of them.
  static List<JobType> after(List<Told> events, Map<JobTypeId, JobType> before, Instant now) {
    Map<JobTypeId, JobType> known = new HashMap<>(before);
    for (Told told : events) {
      LogPlace place = told.place();
      switch (told.event()) {
        case IntegrationEnabled enabled ->
            known.merge(
                enabled.jobTypeId(),
                JobType.first(enabled, place, now),
                (old, first) -> old.follows(place) ? old.enabledAgain(enabled, place, now) : old);
        case IntegrationDisabled disabled ->
            known.replaceAll((id, old) ->
                disabled.concerns(id) && old.follows(place) ? old.disabled(place) : old);
      }
    }
    return known.values().stream()
        .filter(jobType -> !jobType.equals(before.get(jobType.id())))
        .toList();
  }

  /// Why an event cannot be followed, or null. What comes through the gateway was checked there.
  private static @Nullable String faultOf(IntegrationEvent event) {
    if (!(event instanceof IntegrationEnabled enabled)) {
      return null;
    }
    if ((enabled.name() + enabled.configurationName()).indexOf(0) >= 0) {
      return "a name contains the character NUL";
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

  /// What was said, and where.
  record Told(IntegrationEvent event, LogPlace place) {
    static Told of(IntegrationEvent event, ConsumerRecord<String, Message> record) {
      return new Told(
          event, new LogPlace(Instant.ofEpochMilli(record.timestamp()), record.offset()));
    }
  }
}

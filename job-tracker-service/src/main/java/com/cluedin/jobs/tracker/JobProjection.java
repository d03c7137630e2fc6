package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.model.Unreadable;
import com.cluedin.jobs.service.DeadLetters;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Reads all that is told of jobs, once, and merges batch after batch into the read model. It
/// starts where the read model stands, so a read model that is gone is made again from the first
/// event.
@Component
class JobProjection implements ConsumerSeekAware {

  /// Of events that are merged at once; `max-poll-records` lets no more come.
  private static final int MOST = 5_000;

  /// So that PostgreSQL, frozen for a while, does not get thousands of small transactions then.
  private static final int FEWEST = 100;

  private final ReadModel readModel;
  private final History history;
  private final KnownJobTypes jobTypes;
  private final Positions positions;
  private final DeadLetters deadLetters;
  private int atOnce = MOST;

  JobProjection(
      ReadModel readModel,
      History history,
      KnownJobTypes jobTypes,
      Positions positions,
      DeadLetters deadLetters) {
    this.readModel = readModel;
    this.history = history;
    this.jobTypes = jobTypes;
    this.positions = positions;
    this.deadLetters = deadLetters;
  }

  /// A batch that fails comes again. Where it took too long, it is merged in parts half as large
  /// then; each batch that is done doubles them.
  @KafkaListener(id = "job-projection", topicPattern = JobLog.TOPICS, groupId = "${tracker.schema}")
  void on(List<ConsumerRecord<String, Message>> batch) {
    for (int begin = 0; begin < batch.size(); begin += atOnce) {
      int end = Math.min(begin + atOnce, batch.size());
      try {
        projectOrDivide(batch.subList(begin, end));
      } catch (QueryTimeoutException e) {
        atOnce = Math.max((end - begin) / 2, FEWEST);
        throw e;
      }
    }
    atOnce = Math.min(2 * atOnce, MOST);
  }

  /// Of a batch that PostgreSQL refuses, the halves are tried, and theirs, until what it refuses is
  /// alone.
  private void projectOrDivide(List<ConsumerRecord<String, Message>> batch) {
    try {
      project(batch);
    } catch (DataIntegrityViolationException e) {
      if (batch.size() == 1) {
        giveUp(batch.getFirst(), e);
      } else {
        int half = batch.size() / 2;
        projectOrDivide(batch.subList(0, half));
        projectOrDivide(batch.subList(half, batch.size()));
      }
    }
  }

  @Override
  public void onPartitionsAssigned(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    positions.seek(assignments.keySet(), callback);
  }

  private void project(List<ConsumerRecord<String, Message>> batch) {
    List<Told> told = batch.stream().flatMap(this::readable).toList();
    positions
        .once(batch, isNew -> merge(told.stream().filter(one -> isNew.test(one.record)).toList()))
        .block();
  }

  private Mono<Void> merge(List<Told> told) {
    Map<UUID, JobFacts> facts = new LinkedHashMap<>();
    told.forEach(one -> facts.merge(one.event.jobId(), one.facts(), JobFacts::merge));
    List<HeardEvent> heard = told.stream().map(Told::heard).toList();
    return readModel
        .merge(facts.values())
        .flatMap(outranked -> history.keep(History.worthKeeping(heard, facts.values(), outranked)))
        .then(jobTypes.keep(queued(told)));
  }

  private static List<JobQueued> queued(List<Told> told) {
    return told.stream()
        .map(Told::event)
        .filter(JobQueued.class::isInstance)
        .map(JobQueued.class::cast)
        .toList();
  }

  /// What PostgreSQL refuses to keep is a dead letter.
  private void giveUp(
      ConsumerRecord<String, Message> record, DataIntegrityViolationException refusal) {
    byte[] bytes = record.value() instanceof Event event ? EventWire.write(event) : null;
    deadLetters.pass(
        record, bytes, "cannot be kept: " + refusal.getMostSpecificCause().getMessage());
    positions.once(List.of(record), _ -> Mono.empty()).block();
  }

  private Stream<Told> readable(ConsumerRecord<String, Message> record) {
    return switch (record.value()) {
      case JobEvent event when belongs(event, record.topic()) -> Stream.of(new Told(record, event));
      case Event other -> pass(record, EventWire.write(other), "does not belong on this topic");
      case Unreadable unreadable -> pass(record, unreadable.bytes(), unreadable.cause());
      case null -> pass(record, null, "the record has no value");
    };
  }

  /// Each event has its topic, and says a job's id where it says one.
  private static boolean belongs(JobEvent event, String topic) {
    boolean onItsTopic =
        switch (event) {
          case JobQueued queued -> topic.equals(Topics.jobQueue(queued.queue()));
          case JobEvent.JobAbandonRequested _ -> topic.equals(Topics.JOB_ABANDONMENTS);
          case JobEvent.RunEvent _, JobEvent.JobAlarmRaised _ -> topic.equals(Topics.JOB_EVENTS);
        };
    return onItsTopic && JobIds.jobOf(event.jobId()).equals(event.jobId());
  }

  private Stream<Told> pass(
      ConsumerRecord<String, Message> record, byte @Nullable [] bytes, String cause) {
    deadLetters.pass(record, bytes, cause);
    return Stream.empty();
  }

  private record Told(ConsumerRecord<String, Message> record, JobEvent event) {

    JobFacts facts() {
      return JobFacts.of(event, HeardEvent.isByTracker(source()) ? null : heardAt());
    }

    HeardEvent heard() {
      return HeardEvent.of(event, heardAt(), record.offset(), source());
    }

    private @Nullable String source() {
      return EventWire.header(record.headers(), EventWire.SOURCE);
    }

    private Instant heardAt() {
      return Instant.ofEpochMilli(record.timestamp());
    }
  }
}

package com.cluedin.jobs.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobRunView;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.model.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/// Fails jobs that were handed out too often: the broker gives up on them and puts them into the
/// share group's dead-letter topic (KIP-1191), with the key and the value they had and headers of
/// its own. Telling it twice changes nothing: it is the event of the same run.
///
/// An agent that dies takes several deliveries with it: what its running jobs give back, the broker
/// may hand to its consumer that waits before it has noticed that it died too. So a job of which
/// one run began, and no more, may be tried again; one of which none did kills agents before they
/// can say so. That is judged when all that was told of runs is read; until then the job is looked
/// at again and again.
@Component
@InService
class SpentJobs {

  private static final Logger log = LoggerFactory.getLogger(SpentJobs.class);
  private static final String DELIVERIES = "__dlq.errors.delivery.count";
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private final KafkaTemplate<String, Event> events;
  private final Jobs jobs;
  private final Backlog backlog;

  SpentJobs(KafkaTemplate<String, Event> events, Jobs jobs, Backlog backlog) {
    this.events = events;
    this.jobs = jobs;
    this.backlog = backlog;
  }

  /// Each is looked up by itself, so few at once.
  @KafkaListener(
      id = "spent-jobs",
      topics = Topics.SPENT_JOBS,
      groupId = "tracker-spent-jobs",
      properties = "max.poll.records=500")
  void on(List<ConsumerRecord<String, Message>> batch) {
    if (!backlog.isRead().blockOptional(LONGEST_LOOK).orElse(false)) {
      throw new IllegalStateException("not all that was told of jobs is read yet");
    }
    CompletableFuture.allOf(
            batch.stream()
                .map(this::failed)
                .filter(failed -> failed != null)
                .map(failed -> events.send(Topics.JOB_EVENTS, failed.key(), failed))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private @Nullable JobFailed failed(ConsumerRecord<String, Message> record) {
    @Nullable Header deliveries = record.headers().lastHeader(DELIVERIES);
    if (deliveries == null
        || !(record.value() instanceof Unreadable value)
        || !(EventWire.read(EventWire.typeOf(JobQueued.class), value.bytes())
            instanceof JobQueued job)) {
      log.warn("{} offset {} is no job", record.topic(), record.offset());
      return null;
    }
    int count = Integer.parseInt(new String(deliveries.value(), UTF_8));
    long begun = begun(job);
    return new JobFailed(
        job.jobId(),
        job.attempt() + count - 1,
        0,
        ("It was handed out %d times, %d runs began, and none came to an end: agents died of it or"
                + " gave it back.")
            .formatted(count, begun),
        begun != 1,
        Instant.ofEpochMilli(record.timestamp()));
  }

  /// How many runs of this record began, as far as heard.
  private long begun(JobQueued job) {
    List<JobRunView> runs =
        jobs.find(job.jobId(), null)
            .flatMap(jobs::runs)
            .blockOptional(LONGEST_LOOK)
            .orElse(List.of());
    return runs.stream()
        .filter(run -> run.attempt() >= job.attempt() && run.startedAt() != null)
        .count();
  }
}

package com.cluedin.jobs.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.model.Unreadable;
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
/// its own. Telling it twice changes nothing: it is the same event.
@Component
class SpentJobs {

  private static final Logger log = LoggerFactory.getLogger(SpentJobs.class);
  private static final String DELIVERIES = "__dlq.errors.delivery.count";

  private final KafkaTemplate<String, Event> events;

  SpentJobs(KafkaTemplate<String, Event> events) {
    this.events = events;
  }

  @KafkaListener(id = "spent-jobs", topics = Topics.SPENT_JOBS, groupId = "tracker-spent-jobs")
  void on(List<ConsumerRecord<String, Message>> batch) {
    CompletableFuture.allOf(
            batch.stream()
                .map(SpentJobs::failed)
                .filter(failed -> failed != null)
                .map(failed -> events.send(Topics.JOB_EVENTS, failed.key(), failed))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static @Nullable JobFailed failed(ConsumerRecord<String, Message> record) {
    @Nullable Header deliveries = record.headers().lastHeader(DELIVERIES);
    if (deliveries == null
        || !(record.value() instanceof Unreadable value)
        || !(EventWire.read(EventWire.typeOf(JobQueued.class), value.bytes())
            instanceof JobQueued job)) {
      log.warn("{} offset {} is no job", record.topic(), record.offset());
      return null;
    }
    int count = Integer.parseInt(new String(deliveries.value(), UTF_8));
    return new JobFailed(
        job.jobId(),
        job.attempt() + count - 1,
        0,
        "It was handed out %d times, and no run came to an end: agents died of it or gave it back."
            .formatted(count),
        true,
        Instant.ofEpochMilli(record.timestamp()));
  }
}

package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads who is to be stopped, from the first record on: all that was asked so far before {@link
/// #readAll} returns, and the rest as it comes.
final class Abandonments implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Abandonments.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final org.apache.kafka.clients.consumer.Consumer<String, Message> consumer;
  private final Consumer<UUID> abandon;
  private volatile boolean stopped;

  Abandonments(
      org.apache.kafka.clients.consumer.Consumer<String, Message> consumer,
      Consumer<UUID> abandon) {
    this.consumer = consumer;
    this.abandon = abandon;
  }

  /// @throws TimeoutException when it takes longer
  void readAll(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.JOB_ABANDONMENTS, timeout).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, timeout);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), timeout) < end.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(Topics.JOB_ABANDONMENTS + " could not be read in " + timeout);
      }
      read();
    }
  }

  @Override
  public void run() {
    Backoff backoff = new Backoff();
    try {
      while (!stopped) {
        try {
          read();
          backoff.reset();
        } catch (WakeupException e) {
          log.debug("woken to stop");
        } catch (KafkaException e) {
          log.warn("abandonments cannot be read now: {}", e.toString());
          Thread.sleep(backoff.next());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_TIMEOUT));
    }
  }

  void stop() {
    stopped = true;
    consumer.wakeup();
  }

  private void read() {
    for (ConsumerRecord<String, Message> record : consumer.poll(POLL)) {
      if (record.value() instanceof JobAbandonRequested request) {
        abandon.accept(request.jobId());
      }
    }
  }
}

package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/// Waits for a slot's next job.
///
/// A poll sends one fetch (Kafka 4.4). One that brings the end of a transaction and nothing else
/// leaves the poll without any, though jobs may come. Short polls are no way out: one that begins
/// while the fetch of the one before is being answered sends a second, and the job which that
/// brings lies unseen until the first is done. So polls are long, and {@link #awaken} ends those
/// that wait for nothing. It knows them by what they acknowledge: there is nothing else to
/// acknowledge for who waits.
final class NextJob {

  private static final Duration LONGEST_POLL = Duration.ofSeconds(30);
  private static final String ACKNOWLEDGED = "acknowledgements-send-total";

  private final ShareConsumer<String, Message> consumer;
  private final Metric acknowledged;
  private boolean waits;
  private boolean givenUp;
  private double acknowledgedBefore;

  NextJob(ShareConsumer<String, Message> consumer) {
    this.consumer = consumer;
    this.acknowledged =
        consumer.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals(ACKNOWLEDGED))
            .findAny()
            .orElseThrow(() -> new IllegalStateException("no metric " + ACKNOWLEDGED));
  }

  /// Waits, for the slot's thread alone.
  ///
  /// @return null when there is none yet, or it was given up
  @Nullable ConsumerRecord<String, Message> await() {
    if (!begin()) {
      return null;
    }
    try {
      Iterator<ConsumerRecord<String, Message>> records = consumer.poll(LONGEST_POLL).iterator();
      return records.hasNext() ? records.next() : null;
    } catch (WakeupException e) {
      return null;
    } finally {
      end();
    }
  }

  /// Ends a poll that has no fetch any more.
  synchronized void awaken() {
    if (waits && acknowledged() > acknowledgedBefore) {
      acknowledgedBefore = acknowledged();
      consumer.wakeup();
    }
  }

  synchronized void giveUp() {
    givenUp = true;
    if (waits) {
      consumer.wakeup();
    }
  }

  /// Only one who waits may be woken: one who works would lose the answer it waits for.
  private synchronized boolean begin() {
    waits = !givenUp;
    acknowledgedBefore = acknowledged();
    return waits;
  }

  private synchronized void end() {
    waits = false;
  }

  private double acknowledged() {
    return (double) acknowledged.metricValue();
  }
}

package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Message;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.WakeupException;

/// A share consumer, and how many records it takes at the most.
///
/// A poll sends one fetch (Kafka 4.4). One that brings the end of a transaction and nothing else
/// leaves the poll without any, though jobs may come. Short polls are no way out: one that begins
/// while the fetch of the one before is being answered sends a second, and the jobs which that
/// brings lie unseen until the first are done. So polls are long, and {@link #awaken} ends those
/// that wait for nothing. It knows them by what they acknowledge: there is nothing else to
/// acknowledge for who waits.
///
/// And so who began to wait goes on until records came: a fetch may be under way.
final class JobConsumer implements AutoCloseable {

  private static final Duration LONGEST_POLL = Duration.ofSeconds(30);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final String ACKNOWLEDGED = "acknowledgements-send-total";

  private final int size;
  private final ShareConsumer<String, Message> consumer;
  private final Metric acknowledged;
  private boolean waits;
  private boolean givenUp;
  private double acknowledgedBefore;

  /// @param consumer subscribed, and set to give so many records at the most
  JobConsumer(int size, ShareConsumer<String, Message> consumer) {
    this.size = size;
    this.consumer = consumer;
    this.acknowledged =
        consumer.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals(ACKNOWLEDGED))
            .findAny()
            .orElseThrow(() -> new IllegalStateException("no metric " + ACKNOWLEDGED));
  }

  int size() {
    return size;
  }

  /// For one thread at a time.
  ShareConsumer<String, Message> consumer() {
    return consumer;
  }

  /// Waits for jobs, for one thread at a time.
  ///
  /// @return none when there are none yet, or it was given up
  List<ConsumerRecord<String, Message>> await() {
    if (!begin()) {
      return List.of();
    }
    try {
      return StreamSupport.stream(consumer.poll(LONGEST_POLL).spliterator(), false).toList();
    } catch (WakeupException e) {
      return List.of();
    } finally {
      end();
    }
  }

  /// Ends a poll that has no fetch any more; to be called often, from any thread.
  synchronized void awaken() {
    if (waits && acknowledged() > acknowledgedBefore) {
      acknowledgedBefore = acknowledged();
      consumer.wakeup();
    }
  }

  /// Ends its waiting, from any thread.
  synchronized void giveUp() {
    givenUp = true;
    if (waits) {
      consumer.wakeup();
    }
  }

  /// What it still holds goes back.
  @Override
  public void close() {
    consumer.close(CLOSE_TIMEOUT);
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

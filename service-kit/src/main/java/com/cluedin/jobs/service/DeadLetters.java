package com.cluedin.jobs.service;

import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.model.Unreadable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/// Passes records nobody can use to the dead-letter topic of their topic, with the cause, so that
/// they never stop a partition.
public class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Admin admin;
  private final KafkaTemplate<byte[], byte[]> letters;
  private final Set<String> topicsInPlace = ConcurrentHashMap.newKeySet();
  private final Set<String> causesLogged = ConcurrentHashMap.newKeySet();
  private final Set<String> passed =
      Collections.synchronizedSet(Collections.newSetFromMap(new Remembered()));

  public DeadLetters(Admin admin, KafkaTemplate<byte[], byte[]> letters) {
    this.admin = admin;
    this.letters = letters;
  }

  /// Sends the record to its dead-letter topic and waits until Kafka has it. One that was sent
  /// already, because its batch is read again, is not sent a second time; one that is too large to
  /// be sent goes without its value.
  ///
  /// @param bytes the record's value as it came, or null
  /// @param cause why it cannot be used, in words for people
  /// @throws KafkaException when Kafka does not take it; the caller's batch is then read again
  public void pass(ConsumerRecord<?, ?> record, byte @Nullable [] bytes, String cause) {
    String place = record.topic() + "-" + record.partition() + "@" + record.offset();
    if (passed.contains(place)) {
      return;
    }
    if (causesLogged.size() < 1_000 && causesLogged.add(record.topic() + cause)) {
      log.warn("dead letter: {}: {}", place, cause.replaceAll("[\\p{Cntrl}\\s]+", " "));
    }
    try {
      String topic = Topics.deadLetters(record.topic());
      if (!topicsInPlace.contains(topic)) {
        Topics.ensure(admin, TIMEOUT, List.of(topic));
        topicsInPlace.add(topic);
      }
      try {
        send(Unreadable.deadLetter(record, bytes, cause));
      } catch (ExecutionException | KafkaException e) {
        if (!(NestedExceptionUtils.getRootCause(e) instanceof RecordTooLargeException)) {
          throw e;
        }
        send(Unreadable.deadLetter(record, null, cause + "; its value is too large to be kept"));
      }
      passed.add(place);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("no dead letter could be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing a dead letter", e);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> letter)
      throws ExecutionException, TimeoutException, InterruptedException {
    letters.send(letter).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The newest ten thousand.
  private static final class Remembered extends LinkedHashMap<String, Boolean> {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > 10_000;
    }
  }
}

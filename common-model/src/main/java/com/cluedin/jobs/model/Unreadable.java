package com.cluedin.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// A record nobody here can read: broken bytes, or an event type or version that is not known.
///
/// @param bytes the record's value as it came, or null
/// @param cause why it cannot be read, in words for people
@SuppressWarnings("ArrayRecordComponent") // the bytes travel on untouched and are never compared
public record Unreadable(byte @Nullable [] bytes, String cause) implements Message {

  private static final int LONGEST_CAUSE = 1_000;

  public Unreadable {
    cause = shortened(cause).replaceAll("[\\p{Cntrl}\\s]+", " ");
  }

  /// The dead letter for a record: its key, value and headers, and in headers `dlq_cause`,
  /// `dlq_topic`, `dlq_partition` and `dlq_offset`.
  public static ProducerRecord<byte[], byte[]> deadLetter(
      ConsumerRecord<?, ?> record, byte @Nullable [] bytes, String cause) {
    @Nullable Object key = record.key();
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.deadLetters(record.topic()),
            null,
            key == null ? null : key.toString().getBytes(UTF_8),
            bytes);
    Headers headers = letter.headers();
    Arrays.stream(record.headers().toArray()).forEach(headers::add);
    headers
        .add("dlq_cause", shortened(cause).getBytes(UTF_8))
        .add("dlq_topic", record.topic().getBytes(UTF_8))
        .add("dlq_partition", String.valueOf(record.partition()).getBytes(UTF_8))
        .add("dlq_offset", String.valueOf(record.offset()).getBytes(UTF_8));
    return letter;
  }

  private static String shortened(String cause) {
    return cause.length() <= LONGEST_CAUSE ? cause : cause.substring(0, LONGEST_CAUSE) + "…";
  }
}

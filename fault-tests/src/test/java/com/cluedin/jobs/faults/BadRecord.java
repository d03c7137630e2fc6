package com.cluedin.jobs.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// A record that nobody can read.
///
/// @param type what it says it is, or null for nothing
/// @param cause a part of what its dead letter has to say
record BadRecord(@Nullable String type, byte[] value, String cause) {

  static final List<BadRecord> ALL =
      List.of(
          new BadRecord(
              "job.queued.v1",
              new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF},
              "not a job.queued.v1"),
          new BadRecord(
              "job.queued.v1", "{\"jobId\":\"no Guid\"}".getBytes(UTF_8), "not a job.queued.v1"),
          new BadRecord(
              "job.invented.v1", "{}".getBytes(UTF_8), "unknown event type job.invented.v1"),
          new BadRecord("job.queued.v9", "{}".getBytes(UTF_8), "unknown event type job.queued.v9"),
          new BadRecord(null, "hello".getBytes(UTF_8), "the record has no header ce_type"));

  ProducerRecord<byte[], byte[]> on(String topic) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, "a key".getBytes(UTF_8), value);
    if (type != null) {
      record.headers().add("ce_type", type.getBytes(UTF_8));
    }
    return record;
  }
}

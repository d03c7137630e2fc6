package com.cluedin.jobs.gateway.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.cluedin.jobs.model.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Positions as short texts that fit into an address: base64 of the partitions, each with its
/// topic's number or queue, and of a checksum over these and the cluster.
final class PositionText {

  private static final List<String> TOPICS =
      List.of(
          Topics.JOB_EVENTS,
          Topics.JOB_ABANDONMENTS,
          Topics.SCHEDULE_DECISIONS,
          Topics.INTEGRATIONS);

  /// The same topic as the one before.
  private static final int SAME = 4;

  /// A queue, whose name follows.
  private static final int QUEUE = 5;

  private static final int LONGEST = 8_192;

  private PositionText() {}

  static String write(Position position) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String topic = "";
    for (Map.Entry<TopicPartition, Long> entry : position.offsets().entrySet()) {
      String next = entry.getKey().topic();
      writeTopic(next.equals(topic) ? null : next, out);
      writeNumber(entry.getKey().partition(), out);
      writeNumber(entry.getValue(), out);
      topic = next;
    }
    byte[] bytes = out.toByteArray();
    ByteBuffer all = ByteBuffer.allocate(bytes.length + 4);
    all.putInt(checksum(position.cluster(), bytes)).put(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
  }

  /// @return whether it is a position, which has then been put into the offsets
  static boolean read(String text, String cluster, Map<TopicPartition, Long> offsets) {
    try {
      if (text.length() > LONGEST) {
        return false;
      }
      ByteBuffer all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      int checksum = all.getInt();
      byte[] bytes = new byte[all.remaining()];
      all.get(bytes);
      if (checksum != checksum(cluster, bytes)) {
        return false;
      }
      readPartitions(ByteBuffer.wrap(bytes), offsets);
      return true;
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return false;
    }
  }

  private static void readPartitions(ByteBuffer in, Map<TopicPartition, Long> offsets) {
    String topic = "";
    while (in.hasRemaining()) {
      topic = readTopic(topic, in);
      int partition = Math.toIntExact(readNumber(in) & Integer.MAX_VALUE);
      offsets.put(new TopicPartition(topic, partition), readNumber(in));
    }
  }

  private static void writeTopic(@Nullable String topic, ByteArrayOutputStream out) {
    int number = topic == null ? SAME : TOPICS.indexOf(topic);
    out.write(number < 0 ? QUEUE : number);
    if (topic != null && number < 0) {
      byte[] queue = topic.substring(Topics.jobQueue("").length()).getBytes(US_ASCII);
      writeNumber(queue.length, out);
      out.writeBytes(queue);
    }
  }

  private static String readTopic(String before, ByteBuffer in) {
    int number = in.get();
    if (number == SAME) {
      return before;
    }
    if (number != QUEUE) {
      return TOPICS.get(Math.floorMod(number, TOPICS.size()));
    }
    byte[] queue = new byte[(int) Math.min(readNumber(in), in.remaining())];
    in.get(queue);
    return Topics.jobQueue(new String(queue, US_ASCII));
  }

  /// Seven bits a byte, the lowest first.
  private static void writeNumber(long number, ByteArrayOutputStream out) {
    long rest = number;
    for (; rest > 0x7F; rest >>>= 7) {
      out.write((int) (rest & 0x7F | 0x80));
    }
    out.write((int) rest);
  }

  private static long readNumber(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = in.get();
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        break;
      }
    }
    return number;
  }

  private static int checksum(String cluster, byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(cluster.getBytes(US_ASCII));
    crc.update(bytes);
    return (int) crc.getValue();
  }
}

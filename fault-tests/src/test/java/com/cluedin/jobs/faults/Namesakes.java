package com.cluedin.jobs.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.faults.TopicLog.Told;
import com.cluedin.jobs.model.JobIds;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Jobs, configurations and organizations that are like others in all but their ids, so that what
/// was told of those can be told of these.
final class Namesakes {

  private static final Pattern ID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private final Map<String, UUID> ids = new HashMap<>();
  private final RandomGenerator random;

  Namesakes(RandomGenerator random) {
    this.random = random;
  }

  void add(UUID id) {
    ids.computeIfAbsent(id.toString(), _ -> JobIds.jobOf(Stage.uuid(random)));
  }

  UUID of(UUID id) {
    return ids.get(id.toString());
  }

  /// The same text, of the namesakes.
  String of(String text) {
    return ID.matcher(text).replaceAll(this::idInPlaceOf);
  }

  private String idInPlaceOf(MatchResult id) {
    UUID other = ids.get(id.group());
    return other == null ? id.group() : other.toString();
  }

  /// The same record, of the namesakes.
  ProducerRecord<byte[], byte[]> of(Told told) {
    var record = told.record();
    ProducerRecord<byte[], byte[]> retold =
        new ProducerRecord<>(record.topic(), of(record.key()), of(record.value()));
    record.headers().forEach(retold.headers()::add);
    retold.headers().add(TopicLog.COPY, new byte[0]);
    return retold;
  }

  private byte[] of(byte[] text) {
    return of(new String(text, UTF_8)).getBytes(UTF_8);
  }
}

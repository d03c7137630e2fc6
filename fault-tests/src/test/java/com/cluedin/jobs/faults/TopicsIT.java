package com.cluedin.jobs.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cluedin.jobs.faults.TopicLog.Told;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Fault 9: what is on the topics cannot be read.
@Order(5)
@ExtendWith(FaultTable.class)
class TopicsIT {

  private static final List<String> TOPICS =
      List.of(
          Topics.INTEGRATIONS,
          Topics.jobQueue("default"),
          Topics.JOB_EVENTS,
          Topics.JOB_ABANDONMENTS,
          Topics.SCHEDULE_DECISIONS);

  private static final int TEN_MEGABYTES = 10 << 20;

  @Test
  void whatCannotBeReadIsOneDeadLetterAndDisturbsNobody() throws Exception {
    try (Scene scene = Scene.of("9", "unreadable and oversized records");
        KafkaProducer<byte[], byte[]> producer = producer(scene.stage())) {
      scene.workload().begin();
      Map<String, BadRecord> sent = new HashMap<>();
      for (BadRecord bad : BadRecord.ALL) {
        for (String topic : TOPICS) {
          RecordMetadata place = producer.send(bad.on(topic)).get();
          sent.put(topic + "-" + place.partition() + "@" + place.offset(), bad);
          scene.workload().steps(1);
        }
      }
      for (String topic : TOPICS) {
        refused(scene, producer, topic);
      }
      scene.expect(
          "all dead letters to be there",
          Duration.ofSeconds(30),
          () -> deadLetters(scene, sent).size() >= sent.size());
      scene.workload().steps(10);
      scene.drain();
      judge(scene, sent);
      scene.end(1, sent.size() + " dead letters; the brokers refuse 10 MB");
    }
  }

  private static void refused(Scene scene, KafkaProducer<byte[], byte[]> producer, String topic)
      throws Exception {
    try {
      producer.send(new ProducerRecord<>(topic, new byte[TEN_MEGABYTES])).get();
      scene.found("10 MB were taken by " + topic);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof RecordTooLargeException)) {
        throw e;
      }
    }
  }

  private static void judge(Scene scene, Map<String, BadRecord> sent) {
    Map<String, Integer> letters = new HashMap<>();
    for (Told letter : deadLetters(scene, sent)) {
      letters.merge(placeOf(letter), 1, Integer::sum);
      BadRecord bad = sent.get(placeOf(letter));
      String cause = header(letter, "dlq_cause");
      if (!cause.contains(bad.cause())) {
        scene.found("%s has the cause %s".formatted(placeOf(letter), cause));
      }
    }
    sent.keySet().stream()
        .filter(place -> letters.getOrDefault(place, 0) != 1)
        .forEach(place ->
            scene.found("%s has %d dead letters".formatted(place, letters.getOrDefault(place, 0))));
  }

  private static List<Told> deadLetters(Scene scene, Map<String, BadRecord> sent) {
    return TopicLog.read(scene.stage().kafka(), name -> name.startsWith("dlq.")).told().stream()
        .filter(letter -> sent.containsKey(placeOf(letter)))
        .toList();
  }

  private static String placeOf(Told letter) {
    return "%s-%s@%s"
        .formatted(
            header(letter, "dlq_topic"),
            header(letter, "dlq_partition"),
            header(letter, "dlq_offset"));
  }

  private static String header(Told letter, String name) {
    var header = letter.record().headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static KafkaProducer<byte[], byte[]> producer(Stage stage) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            stage.kafka(),
            "max.request.size",
            2 * TEN_MEGABYTES,
            "buffer.memory",
            8L * TEN_MEGABYTES),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}

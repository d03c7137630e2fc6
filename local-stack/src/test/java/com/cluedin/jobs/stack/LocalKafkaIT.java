package com.cluedin.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisabledIfSystemProperty(named = "test.backing", matches = "containers")
class LocalKafkaIT {

  @TempDir static Path folder;
  static LocalKafka kafka;

  @BeforeAll
  static void start() {
    kafka = LocalKafka.start(folder);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void keepsWhatItAcknowledgedWhenKilled() throws Exception {
    makeTopic("kept");
    send("kept", "before");

    kafka.kill();
    kafka.restart();

    send("kept", "after");
    assertThat(read("kept", 2)).containsExactly("before", "after");
  }

  @Test
  void handsWorkOutAgainWhenALockOfOneSecondLapses() throws Exception {
    makeTopic("work");
    try (Admin admin = Admin.create(connection())) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, "workers"),
                  List.of(
                      set("share.auto.offset.reset", "earliest"),
                      set("share.record.lock.duration.ms", "1000"))))
          .all()
          .get();
    }
    send("work", "job");

    try (KafkaShareConsumer<String, String> first = worker();
        KafkaShareConsumer<String, String> second = worker()) {
      assertThat(next(first).deliveryCount()).hasValue((short) 1);
      ConsumerRecord<String, String> again = next(second);
      assertThat(again.deliveryCount()).hasValue((short) 2);
      second.acknowledge(again, AcknowledgeType.ACCEPT);
      second.commitSync();
    }
  }

  private static ConsumerRecord<String, String> next(KafkaShareConsumer<String, String> worker) {
    worker.subscribe(List.of("work"));
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<String, String> record : worker.poll(Duration.ofMillis(200))) {
        return record;
      }
    }
    throw new AssertionError("nothing was handed out");
  }

  private static KafkaShareConsumer<String, String> worker() {
    Map<String, Object> settings = connection();
    settings.put("group.id", "workers");
    settings.put("share.acknowledgement.mode", "explicit");
    return new KafkaShareConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  private static void makeTopic(String name) throws Exception {
    try (Admin admin = Admin.create(connection())) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  private static void send(String topic, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(connection(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  private static List<String> read(String topic, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(connection(), new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private static Map<String, Object> connection() {
    return new java.util.HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}

package com.cluedin.jobs.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.model.EventWire.MessageDeserializer;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.Backing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/// One reads after the other, on real Kafka.
class FollowerIT {

  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", Backing.shared().kafkaBootstrapServers());
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String topic = "followed-" + UUID.randomUUID();
  private final Admin admin = Admin.create(KAFKA);
  private final KafkaProducer<String, String> owner =
      new KafkaProducer<>(KAFKA, new StringSerializer(), new StringSerializer());
  private final List<String> heard = new ArrayList<>();
  private final Follower follower = follower();

  @BeforeEach
  void makeTopic() throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    Topics.ensure(admin, PATIENCE, List.of(topic));
  }

  @AfterEach
  void close() {
    follower.stepDown();
    owner.close();
    admin.close();
  }

  @Test
  void theNextOneGoesOnWhereTheOneBeforeGotTo() throws Exception {
    tell(0, "a");
    tell(1, "b");
    awaitHeard(follower, "a", "b");
    follower.stepDown();

    tell(0, "c");
    Follower next = follower();
    awaitHeard(next, "a", "b", "c");
    next.stepDown();
  }

  @Test
  void whatCouldNotBeFollowedIsReadAgain() throws Exception {
    Follower unable =
        follower(batch -> {
          throw new IllegalStateException("no database");
        });
    tell(0, "a");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThatThrownBy(unable::follow).hasMessage("no database"));
    unable.stepDown();

    awaitHeard(follower, "a");
  }

  @Test
  void newPartitionsAreRead() throws Exception {
    tell(0, "a");
    awaitHeard(follower, "a");
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> tell(2, "b"));
    awaitHeard(follower, "a", "b");
  }

  private boolean tell(int partition, String what) throws Exception {
    owner.send(new ProducerRecord<>(topic, partition, what, what)).get();
    return true;
  }

  private void awaitHeard(Follower follower, String... all) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          follower.follow();
          assertThat(heard).containsExactlyInAnyOrder(all);
        });
  }

  private Follower follower() {
    return follower(batch -> batch.forEach(record -> heard.add(record.key())));
  }

  private Follower follower(Consumer<List<ConsumerRecord<String, Message>>> follow) {
    KafkaProperties properties = new KafkaProperties();
    properties.setBootstrapServers(List.of(Backing.shared().kafkaBootstrapServers()));
    properties.getConsumer().setAutoOffsetReset("earliest");
    properties.getConsumer().setValueDeserializer(MessageDeserializer.class);
    properties.getConsumer().getProperties().put("metadata.max.age.ms", "1000");
    return new Follower(topic, topic, properties, follow);
  }
}

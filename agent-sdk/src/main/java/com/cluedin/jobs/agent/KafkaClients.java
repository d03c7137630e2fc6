package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.EventWire.MessageDeserializer;
import com.cluedin.jobs.model.Message;
import com.cluedin.jobs.model.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Makes the Kafka clients of an agent. What they need is set here and wins over the settings.
record KafkaClients(AgentSettings settings) {

  /// A broker reads this much of a queue to hand out jobs, or a batch of records if that is more.
  private static final int LEAST_LOOKED_AT = 16_384;

  private static final int LOOKED_AT_FOR_A_JOB = 4_096;

  /// Events of jobs that begin or end together go together.
  private static final int LINGER_MS = 2;

  Admin admin() {
    return Admin.create(with(Map.of()));
  }

  /// Takes jobs from some queues, so many at a time at the most. It may leave long intervals
  /// between its polls: it has nothing to do then.
  ShareConsumer<String, Message> jobs(List<String> topics, int most) {
    ShareConsumer<String, Message> consumer =
        new KafkaShareConsumer<>(
            with(
                Map.of(
                    ConsumerConfig.GROUP_ID_CONFIG,
                    Topics.AGENTS_GROUP,
                    ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                    "explicit",
                    ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                    "record_limit",
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    most,
                    ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                    Integer.MAX_VALUE,
                    ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG,
                    (long) Integer.MAX_VALUE,
                    ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                    Math.max(LEAST_LOOKED_AT, most * LOOKED_AT_FOR_A_JOB))),
            new StringDeserializer(),
            new MessageDeserializer());
    consumer.subscribe(topics);
    return consumer;
  }

  Consumer<String, Message> abandonments() {
    return new KafkaConsumer<>(
        with(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
        new StringDeserializer(),
        new MessageDeserializer());
  }

  /// A send that cannot even begin may not hold up the renewal of leases.
  Producer<String, Event> events() {
    return new KafkaProducer<>(
        with(
            Map.of(
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                EventSerializer.class,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                settings.lease().dividedBy(3).toMillis())));
  }

  private Map<String, Object> with(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(settings.kafka());
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.name());
    all.putAll(own);
    return all;
  }
}

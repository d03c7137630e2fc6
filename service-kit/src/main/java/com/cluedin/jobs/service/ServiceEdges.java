package com.cluedin.jobs.service;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/// The edges every service gets by having this module.
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@Import(Problems.class)
class ServiceEdges {

  /// How long a send may try before it fails: short enough that a person still waits for the
  /// answer.
  private static final int DELIVERY_TIMEOUT_MS = 10_000;

  private static final int ADMIN_TIMEOUT_MS = 5_000;

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /// PostgreSQL away is no reason to pass an event over: it is read again until it is back.
  @Bean
  CommonErrorHandler readAgainUntilItWorks() {
    ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
    backOff.setMaxInterval(5_000);
    return new DefaultErrorHandler(backOff);
  }

  @Bean
  KafkaTemplate<String, Event> events(KafkaProperties properties, Environment environment) {
    String service = nameOf(environment);
    return new KafkaTemplate<>(
        new DefaultKafkaProducerFactory<>(
            producer(properties, service), new StringSerializer(), serializer(service)));
  }

  @Bean
  DeadLetters deadLetters(KafkaProperties properties, Admin admin, Environment environment) {
    return new DeadLetters(
        admin,
        new KafkaTemplate<>(
            new DefaultKafkaProducerFactory<>(
                producer(properties, nameOf(environment) + "-dead-letters"),
                new ByteArraySerializer(),
                new ByteArraySerializer())));
  }

  /// Without brokers a stop would wait as long as what was asked of them.
  @Bean(destroyMethod = "close")
  Admin admin(KafkaProperties properties) {
    Map<String, Object> settings = properties.buildAdminProperties();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
    return Admin.create(settings);
  }

  @Bean
  KafkaHealthIndicator kafkaHealthIndicator(Admin admin) {
    return new KafkaHealthIndicator(admin);
  }

  private static String nameOf(Environment environment) {
    return environment.getRequiredProperty("spring.application.name");
  }

  private static EventSerializer serializer(String service) {
    EventSerializer serializer = new EventSerializer();
    serializer.configure(Map.of(ProducerConfig.CLIENT_ID_CONFIG, service), false);
    return serializer;
  }

  private static Map<String, Object> producer(KafkaProperties properties, String clientId) {
    Map<String, Object> settings = properties.buildProducerProperties();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS / 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MS / 2);
    return settings;
  }
}

package com.cluedin.jobs.stack;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// The official images, by Testcontainers, which also removes them when this JVM is gone.
record ContainerBacking(KafkaContainer kafka, PostgreSQLContainer postgres) implements Backing {

  static ContainerBacking start() {
    KafkaContainer kafka =
        new KafkaContainer("apache/kafka:4.4.0")
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
            .withEnv("KAFKA_GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS", "1000");
    PostgreSQLContainer postgres =
        new PostgreSQLContainer("postgres:18")
            .withCommand("postgres -c " + String.join(" -c ", LocalPostgres.ROOM));
    kafka.start();
    postgres.start();
    return new ContainerBacking(kafka, postgres);
  }

  @Override
  public String kafkaBootstrapServers() {
    return kafka.getBootstrapServers();
  }

  @Override
  public String postgresHost() {
    return postgres.getHost();
  }

  @Override
  public int postgresPort() {
    return postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
  }

  @Override
  public String postgresUser() {
    return postgres.getUsername();
  }

  @Override
  public String postgresPassword() {
    return postgres.getPassword();
  }
}

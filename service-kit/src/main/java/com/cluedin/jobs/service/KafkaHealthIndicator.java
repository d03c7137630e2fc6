package com.cluedin.jobs.service;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/// Up while the brokers answer within two seconds.
class KafkaHealthIndicator extends AbstractReactiveHealthIndicator {

  private static final int TIMEOUT_MS = 2_000;

  private final Admin admin;

  KafkaHealthIndicator(Admin admin) {
    super("the Kafka brokers do not answer");
    this.admin = admin;
  }

  @Override
  protected Mono<Health> doHealthCheck(Health.Builder builder) {
    return Mono.fromCompletionStage(() ->
            admin
                .describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MS))
                .nodes()
                .toCompletionStage())
        .map(nodes -> builder.up().withDetail("brokers", nodes.size()).build());
  }
}

package com.cluedin.jobs.gateway.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/// The log in Kafka.
record Log(Map<String, Object> settings, Admin admin) {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  LogReader reader(String name) {
    return new LogReader(settings, "api-gateway-" + name);
  }

  /// The id of the brokers' cluster.
  ///
  /// @throws KafkaException when they do not say
  String cluster() {
    try {
      return admin
          .describeCluster()
          .clusterId()
          .get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new TimeoutException("the brokers do not say who they are", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}

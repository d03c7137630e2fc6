package com.cluedin.jobs.faults;

import com.cluedin.jobs.model.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far schedulers are behind with what owners of integrations say. Until that is nothing, what
/// was accepted a while ago may still change a schedule.
record Lag(String kafka) {

  boolean isNone() {
    Map<TopicPartition, Long> ends = TopicLog.read(kafka, Topics.INTEGRATIONS::equals).read();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      Map<TopicPartition, OffsetAndMetadata> read =
          admin.listConsumerGroupOffsets("scheduler").partitionsToOffsetAndMetadata().get();
      return ends.entrySet().stream()
          .allMatch(end ->
              Optional.ofNullable(read.get(end.getKey())).map(OffsetAndMetadata::offset).orElse(0L)
                  >= end.getValue());
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}

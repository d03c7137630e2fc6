package com.cluedin.jobs.agent;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/// Puts in place what the hand-out of jobs stands on: the topics, and how the share group behaves.
final class HandOut {

  private static final String MOST_LOCKS_ALLOWED = "group.share.max.partition.max.record.locks";

  private final Admin admin;
  private final Duration timeout;

  HandOut(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  /// @throws TimeoutException when the brokers do not answer in time
  /// @throws IllegalStateException when they refuse
  void prepare(AgentSettings settings) throws TimeoutException, InterruptedException {
    List<String> topics = new ArrayList<>(settings.topics());
    topics.addAll(List.of(Topics.JOB_EVENTS, Topics.JOB_ABANDONMENTS, Topics.SPENT_JOBS));
    Topics.ensure(admin, timeout, topics);
    // A broker writes spent jobs (KIP-1191) only to a topic that says it takes them.
    set(
        ConfigResource.Type.TOPIC,
        Topics.SPENT_JOBS,
        Map.of("errors.deadletterqueue.group.enable", "true"));
    set(ConfigResource.Type.GROUP, Topics.AGENTS_GROUP, group(settings.lease(), mostLocks()));
  }

  /// By default a group would pass over jobs queued before it existed, take jobs of transactions
  /// that were given up, and give a consumer that joins nothing to read from until its second
  /// heartbeat.
  private static Map<String, String> group(Duration lease, String mostLocks) {
    return Map.of(
        "share.assignment.interval.ms",
        "0",
        "share.assignor.offload.enable",
        "false",
        "share.auto.offset.reset",
        "earliest",
        "share.isolation.level",
        "read_committed",
        "share.record.lock.duration.ms",
        String.valueOf(lease.toMillis()),
        "share.partition.max.record.locks",
        mostLocks,
        "share.delivery.count.limit",
        String.valueOf(JobEvent.MOST_DELIVERIES),
        "errors.deadletterqueue.topic.name",
        Topics.SPENT_JOBS,
        "errors.deadletterqueue.copy.record.enable",
        "true");
  }

  /// As many as the brokers allow. The limit counts from the oldest unfinished job of a queue to
  /// the newest taken, ended ones between them too: beyond it a queue stands still until its oldest
  /// job ends.
  private String mostLocks() throws TimeoutException, InterruptedException {
    try {
      Node broker =
          admin.describeCluster().nodes().get(timeout.toNanos(), NANOSECONDS).iterator().next();
      ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
      Config settings =
          admin
              .describeConfigs(List.of(resource))
              .all()
              .get(timeout.toNanos(), NANOSECONDS)
              .get(resource);
      return requireNonNull(requireNonNull(settings).get(MOST_LOCKS_ALLOWED)).value();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not tell " + MOST_LOCKS_ALLOWED, e.getCause());
    }
  }

  private void set(ConfigResource.Type type, String name, Map<String, String> values)
      throws TimeoutException, InterruptedException {
    Collection<AlterConfigOp> ops =
        values.entrySet().stream()
            .map(value ->
                new AlterConfigOp(
                    new ConfigEntry(value.getKey(), value.getValue()), AlterConfigOp.OpType.SET))
            .toList();
    try {
      admin
          .incrementalAlterConfigs(Map.of(new ConfigResource(type, name), ops))
          .all()
          .get(timeout.toNanos(), NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused the settings of " + name, e.getCause());
    }
  }
}

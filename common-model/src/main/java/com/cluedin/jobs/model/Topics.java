package com.cluedin.jobs.model;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics, who reads and writes them, and how they are made where they are not there yet.
///
/// Partition counts are those of a small installation; a larger one makes the topics beforehand.
///
/// While somebody watches its live stream, a gateway too reads all that tell of integrations, jobs
/// and schedules.
public final class Topics {

  /// {@link IntegrationEvent}s, by configuration id. Written by the owners of integrations and the
  /// gateway, read by the scheduler.
  public static final String INTEGRATIONS = "integrations";

  /// {@link JobEvent.RunEvent}s and {@link JobEvent.JobAlarmRaised}, by job id. Written by agents,
  /// the tracker and the scheduler, read by the tracker and the scheduler.
  public static final String JOB_EVENTS = "job-events";

  /// {@link JobEvent.JobAbandonRequested}, by job id. Written by the tracker and the scheduler,
  /// read whole by every agent.
  public static final String JOB_ABANDONMENTS = "job-abandonments";

  /// {@link ScheduleEvent}s, by job type id. Written by the scheduler, read by the tracker.
  public static final String SCHEDULE_DECISIONS = "schedule-decisions";

  /// Where the scheduler's outbox stands in Kafka: one record a batch, in the batch's transaction.
  public static final String OUTBOX_POSITIONS = "outbox-positions";

  /// Dead letters of a topic go to this and the topic's name.
  public static final String DEAD_LETTER_PREFIX = "dlq.";

  /// The share group of all agents; it hands each queued job to one of them.
  public static final String AGENTS_GROUP = "agents";

  /// Jobs that were handed out too often. Written by the brokers, read by the tracker.
  public static final String SPENT_JOBS = DEAD_LETTER_PREFIX + AGENTS_GROUP;

  /// The name of every topic of queued jobs, as a regular expression.
  public static final String JOB_QUEUES = "job-queue\\..+";

  /// What a queue may be called.
  public static final Pattern QUEUE_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private Topics() {}

  /// The topic of queued jobs of one queue.
  public static String jobQueue(String queue) {
    return "job-queue." + queue;
  }

  public static String deadLetters(String topic) {
    return DEAD_LETTER_PREFIX + topic;
  }

  /// Makes those of the topics that are not there yet, and waits until each has a leader: a record
  /// sent to a topic that nobody leads yet would wait for the whole delivery timeout.
  ///
  /// @param timeout how long to wait in all
  /// @throws TimeoutException when the brokers do not answer in time
  public static void ensure(Admin admin, Duration timeout, Collection<String> topics)
      throws TimeoutException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      Set<String> missing = new TreeSet<>(topics);
      missing.removeAll(admin.listTopics().names().get(left(deadline), NANOSECONDS));
      for (KafkaFuture<Void> made :
          admin.createTopics(missing.stream().map(Topics::definition).toList()).values().values()) {
        settle(made, deadline);
      }
      while (!settle(allLed(admin, topics), deadline)) {
        NANOSECONDS.sleep(Math.min(left(deadline), MILLISECONDS.toNanos(50)));
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) { // the client gave up before we did
        throw (TimeoutException) new TimeoutException("Kafka did not answer in time").initCause(e);
      }
      throw new IllegalStateException("Kafka refused to make topics " + topics, e.getCause());
    }
  }

  /// How a topic is made; its replicas are the brokers' default. The time of a record in
  /// `job-events` and `integrations` is the broker's: silence is measured, and events are ordered,
  /// by one clock. `integrations` is not compacted: of a configuration with several job types only
  /// what was said last would be left. A queue has one partition: of several, a share group gives
  /// each to some of its members alone, and a job would wait for these to be free while others are.
  static NewTopic definition(String topic) {
    return switch (topic) {
      case INTEGRATIONS ->
          topic(topic, 3, Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime"));
      case OUTBOX_POSITIONS ->
          topic(topic, 1, Map.of("cleanup.policy", "compact", "segment.bytes", "1048576"));
      case JOB_EVENTS ->
          topic(topic, 6, Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime"));
      case SCHEDULE_DECISIONS -> topic(topic, 3, Map.of("retention.ms", "-1"));
      default -> topic(topic, 1, Map.of("retention.ms", "-1"));
    };
  }

  private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
  }

  private static KafkaFuture<Boolean> allLed(Admin admin, Collection<String> topics) {
    return admin
        .describeTopics(topics)
        .allTopicNames()
        .thenApply(found ->
            found.values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition -> partition.leader() != null));
  }

  /// Waits for the answer; "it is there already" and "not known yet" are answers, not errors.
  private static boolean settle(KafkaFuture<?> future, long deadline)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return !Boolean.FALSE.equals(future.get(left(deadline), NANOSECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException
          || e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private static long left(long deadline) throws TimeoutException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new TimeoutException("Kafka did not answer in time");
    }
    return left;
  }
}

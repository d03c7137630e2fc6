package com.cluedin.jobs.agent;

import com.cluedin.jobs.model.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What an agent needs to know.
///
/// @param name unique among the agents alive; shown to people
/// @param kafka settings of all its Kafka clients: `bootstrap.servers`, security
/// @param queues the queues it takes jobs from, 1 or more, each as {@link Topics#QUEUE_NAME}
/// @param jobsAtOnce how many jobs it runs at once, 1 or more. For each of its queues the share
///   group gets so many members and one for each power of two below, at the most; a broker allows
///   it 200 in all unless `group.share.max.size` says otherwise
/// @param lease how long a job stays with an agent that does not renew it; one number for all
///   agents of a cluster, as the last to start sets it. Brokers allow 15 to 60 s unless told
///   otherwise
/// @param drainTimeout how long jobs may go on when the agent is closed, 0 or more
public record AgentSettings(
    String name,
    Map<String, String> kafka,
    List<String> queues,
    int jobsAtOnce,
    Duration lease,
    Duration drainTimeout) {

  /// @throws IllegalArgumentException when a value is out of its bounds
  public AgentSettings {
    require(!name.isBlank(), "an agent needs a name");
    require(kafka.containsKey("bootstrap.servers"), "kafka needs bootstrap.servers");
    require(!queues.isEmpty(), "an agent needs a queue");
    for (String queue : queues) {
      require(Topics.QUEUE_NAME.matcher(queue).matches(), "not the name of a queue: " + queue);
    }
    require(jobsAtOnce > 0, "jobsAtOnce must be 1 or more, not " + jobsAtOnce);
    require(lease.toMillis() >= 1_000, "lease must be 1 s or more, not " + lease);
    require(!drainTimeout.isNegative(), "drainTimeout must be 0 or more, not " + drainTimeout);
    kafka = Map.copyOf(kafka);
    queues = List.copyOf(queues);
  }

  /// An agent of the queue `default` with four jobs at once, a lease of 15 s and 30 s to drain.
  ///
  /// @param bootstrapServers `host:port`, several separated by commas
  public static AgentSettings of(String name, String bootstrapServers) {
    return new AgentSettings(
        name,
        Map.of("bootstrap.servers", bootstrapServers),
        List.of("default"),
        4,
        Duration.ofSeconds(15),
        Duration.ofSeconds(30));
  }

  public AgentSettings withKafka(Map<String, String> kafka) {
    return new AgentSettings(name, kafka, queues, jobsAtOnce, lease, drainTimeout);
  }

  public AgentSettings withQueues(List<String> queues) {
    return new AgentSettings(name, kafka, queues, jobsAtOnce, lease, drainTimeout);
  }

  public AgentSettings withJobsAtOnce(int jobsAtOnce) {
    return new AgentSettings(name, kafka, queues, jobsAtOnce, lease, drainTimeout);
  }

  public AgentSettings withLease(Duration lease) {
    return new AgentSettings(name, kafka, queues, jobsAtOnce, lease, drainTimeout);
  }

  public AgentSettings withDrainTimeout(Duration drainTimeout) {
    return new AgentSettings(name, kafka, queues, jobsAtOnce, lease, drainTimeout);
  }

  List<String> topics() {
    return queues.stream().map(Topics::jobQueue).toList();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

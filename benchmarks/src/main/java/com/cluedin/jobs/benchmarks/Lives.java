package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What is told of jobs, four events of each: queued, begun, on its way, and in nine of ten cases
/// completed, else failed for good or cancelled. Of a thousand job types in twenty organizations.
final class Lives {

  static final int EVENTS = 4;

  static final String QUEUE = "lives";

  private final SplittableRandom random = new SplittableRandom(5);
  private final List<JobTypeId> jobTypes =
      IntStream.range(0, 1_000)
          .mapToObj(
              i -> new JobTypeId(new UUID(0x4000, i), new UUID(0x4000, i % 20), new UUID(1, 1)))
          .toList();

  /// The events of some jobs: all that are queued, all that begin, and so on.
  List<ProducerRecord<String, Event>> of(int jobs) {
    Instant now = Instant.now();
    List<UUID> ids = ids(jobs, now);
    List<ProducerRecord<String, Event>> records = new ArrayList<>(queued(QUEUE, ids, now));
    ids.forEach(id -> records.add(told(new JobStarted(id, 1, "agent-" + random.nextInt(8), now))));
    ids.forEach(id -> records.add(told(new JobProgressed(id, 1, random.nextInt(5_000), now))));
    ids.forEach(id -> records.add(told(end(id, now))));
    return records;
  }

  /// The events that put some jobs on a queue.
  List<ProducerRecord<String, Event>> queued(String queue, int jobs) {
    Instant now = Instant.now();
    return queued(queue, ids(jobs, now), now);
  }

  private List<ProducerRecord<String, Event>> queued(String queue, List<UUID> ids, Instant now) {
    return ids.stream().map(id -> record(Topics.jobQueue(queue), queued(queue, id, now))).toList();
  }

  private static List<UUID> ids(int jobs, Instant now) {
    return IntStream.range(0, jobs).mapToObj(_ -> JobIds.ofRequest(now)).toList();
  }

  private JobQueued queued(String queue, UUID id, Instant now) {
    int number = random.nextInt(jobTypes.size());
    JobTypeId jobType = jobTypes.get(number);
    return new JobQueued(
        id,
        jobType,
        jobType.organizationId(),
        "Benchmark",
        "account " + number,
        queue,
        null,
        null,
        now,
        null,
        1,
        now);
  }

  private JobEvent end(UUID id, Instant now) {
    return switch (random.nextInt(20)) {
      case 0 -> new JobFailed(id, 1, 17, "IOException: the source answered 503", true, now);
      case 1 -> new JobCancelled(id, 1, 17, "abandoned", "agent-1", now);
      default -> new JobCompleted(id, 1, 5_000, now);
    };
  }

  private static ProducerRecord<String, Event> told(JobEvent event) {
    return record(Topics.JOB_EVENTS, event);
  }

  private static ProducerRecord<String, Event> record(String topic, JobEvent event) {
    return new ProducerRecord<>(topic, event.key(), event);
  }
}

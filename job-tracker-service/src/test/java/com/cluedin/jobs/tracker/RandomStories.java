package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobEvent.JobAlarmRaised;
import com.cluedin.jobs.model.JobEvent.JobCancelled;
import com.cluedin.jobs.model.JobEvent.JobCancelling;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobFailed;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobRetryScheduled;
import com.cluedin.jobs.model.JobEvent.JobSilent;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobEvent.RunEvent;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// What may be told of jobs, made from a seed: runs that end in all ways, are lost and taken up
/// again, fall silent, ends that contradict each other, retries, alarms, abandonments; some of it
/// at the same instant.
final class RandomStories {

  private static final Instant BEGIN = Instant.parse("2026-03-01T22:30:00Z");

  private final Random random;
  private final List<JobTypeId> jobTypes = new ArrayList<>();

  RandomStories(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 6; i++) {
      jobTypes.add(new JobTypeId(uuid(), i < 3 ? new UUID(0, 1) : uuid(), uuid()));
    }
    JobTypeId first = jobTypes.getFirst(); // its configuration has others
    jobTypes.add(new JobTypeId(first.configurationId(), first.organizationId(), uuid()));
    jobTypes.add(new JobTypeId(first.configurationId(), uuid(), uuid()));
  }

  List<JobEvent> ofJobs(int jobs) {
    List<JobEvent> told = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      told.addAll(ofOneJob());
    }
    return told;
  }

  /// The same events in another order, some of them again and again.
  List<JobEvent> garbled(List<JobEvent> told) {
    List<JobEvent> garbled = new ArrayList<>(told);
    told.stream().filter(_ -> random.nextInt(3) == 0).forEach(garbled::add);
    Collections.shuffle(garbled, random);
    return garbled;
  }

  /// A job of more days ago than all others.
  JobQueued ofLongAgo() {
    Instant at = BEGIN.minus(Duration.ofDays(2_000));
    return queued(JobIds.ofRequest(at), jobTypes.getFirst(), 1, at);
  }

  /// The same events cut into batches.
  <T> List<List<T>> batches(List<T> events) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(60));
      batches.add(events.subList(from, to));
      from = to;
    }
    return batches;
  }

  private List<JobEvent> ofOneJob() {
    List<JobEvent> told = new ArrayList<>();
    UUID job = JobIds.ofRequest(at());
    JobTypeId jobType = jobTypes.get(random.nextInt(jobTypes.size()));
    if (random.nextInt(10) > 0) {
      told.add(queued(job, jobType, 1));
    }
    int attempt = 1;
    for (int runs = 1 + random.nextInt(4); runs > 0; runs--) {
      told.addAll(ofOneRun(job, attempt));
      if (random.nextInt(3) > 0) {
        attempt++;
      } else {
        attempt += JobEvent.ATTEMPTS_OF_A_RECORD;
        told.addAll(retry(job, jobType, attempt));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      told.add(new JobAbandonRequested(job, anyOf(null, "Ann", "Bo"), anyOf(null, "x", "y"), at()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      told.add(new JobAlarmRaised(job, TimeSpan.parse("01:00:00"), at()));
    }
    return told;
  }

  private List<JobEvent> retry(UUID job, JobTypeId jobType, int attempt) {
    List<JobEvent> told = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      told.add(new JobRetryScheduled(job, attempt, at(), "retry", at()));
    }
    if (random.nextBoolean()) {
      told.add(queued(job, jobType, attempt));
    }
    return told;
  }

  @SafeVarargs
  private <T> T anyOf(T... these) {
    return these[random.nextInt(these.length)];
  }

  private List<RunEvent> ofOneRun(UUID job, int attempt) {
    List<RunEvent> told = new ArrayList<>();
    if (random.nextInt(5) > 0) {
      told.add(new JobStarted(job, attempt, "agent-" + random.nextInt(3), at()));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      told.add(new JobProgressed(job, attempt, random.nextInt(1000), at()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      told.add(new JobSilent(job, attempt, anyOf(null, "agent-1"), at(), at()));
    }
    if (random.nextInt(4) == 0) {
      told.add(new JobCancelling(job, attempt, "agent-1", at()));
    }
    if (random.nextInt(3) > 0) {
      told.add(new JobCompleted(job, attempt, random.nextInt(1000), at()));
    }
    if (random.nextInt(3) == 0) {
      told.add(new JobFailed(job, attempt, 5, "error " + random.nextInt(3), false, at()));
    }
    if (random.nextInt(4) == 0) {
      told.add(
          new JobCancelled(
              job, attempt, 7, "reason " + random.nextInt(3), anyOf(null, "agent-1"), at()));
    }
    return told;
  }

  private JobQueued queued(UUID job, JobTypeId jobType, int attempt) {
    return queued(job, jobType, attempt, at().plus(Duration.ofDays(attempt)));
  }

  private JobQueued queued(UUID job, JobTypeId jobType, int attempt, Instant at) {
    return new JobQueued(
        job,
        jobType,
        new UUID(0, 2),
        (random.nextBoolean() ? "HubSpot " : "hubspot ") + random.nextInt(3),
        anyOf(null, "Tim Ward", "tim_%"),
        "default",
        random.nextBoolean() ? TimeSpan.parse("01:00:00") : null,
        random.nextBoolean() ? TimeSpan.parse("00:30:00") : null,
        random.nextBoolean() ? at() : null,
        anyOf(null, "Ann"),
        attempt,
        at);
  }

  private Instant at() {
    return BEGIN.plus(Duration.ofMinutes(random.nextInt(180)));
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }
}

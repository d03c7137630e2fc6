package com.cluedin.jobs.tracker;

import com.cluedin.jobs.model.JobEvent;
import com.cluedin.jobs.model.JobEvent.JobCompleted;
import com.cluedin.jobs.model.JobEvent.JobProgressed;
import com.cluedin.jobs.model.JobEvent.JobQueued;
import com.cluedin.jobs.model.JobEvent.JobStarted;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.JobTypeId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What four events make of a job.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MergeMicro {

  private static final int EVENTS = 4;

  private final Instant now = Instant.parse("2026-11-27T12:00:00Z");
  private final UUID job = JobIds.ofRequest(now);
  private final UUID anyone = new UUID(1, 1);
  private final List<JobEvent> events =
      List.of(
          new JobQueued(
              job,
              new JobTypeId(anyone, anyone, anyone),
              anyone,
              "HubSpot",
              "Tim Ward",
              "default",
              null,
              null,
              now,
              null,
              1,
              now),
          new JobStarted(job, 1, "agent-1", now),
          new JobProgressed(job, 1, 12, now),
          new JobCompleted(job, 1, 17, now));

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public Object merge() {
    JobFacts facts = JobFacts.of(events.getFirst(), now);
    for (int i = 1; i < EVENTS; i++) {
      facts = facts.merge(JobFacts.of(events.get(i), now));
    }
    return facts;
  }
}

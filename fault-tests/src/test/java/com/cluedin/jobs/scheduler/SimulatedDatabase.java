package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.JobTypeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// What schedulers keep, with locks that last from a claim to the commit, or to the crash.
final class SimulatedDatabase {

  private final NavigableMap<String, JobType> jobTypes = new TreeMap<>();
  private final NavigableMap<UUID, OpenJob> openJobs = new TreeMap<>();
  private final NavigableMap<Long, Event> outbox = new TreeMap<>();
  private final Map<UUID, UUID> behind = new HashMap<>();
  private final Set<Object> locked = new HashSet<>();
  private long outboxIds;

  Collection<JobType> jobTypes() {
    return jobTypes.values();
  }

  JobType jobType(JobTypeId id) {
    return jobTypes.get(id.toString());
  }

  Collection<OpenJob> openJobs() {
    return openJobs.values();
  }

  OpenJob openJob(UUID id) {
    return openJobs.get(id);
  }

  boolean isLocked(Object key) {
    return locked.contains(key);
  }

  NavigableMap<Long, Event> outbox() {
    return outbox;
  }

  void deleteFromOutbox(Collection<Long> ids) {
    ids.forEach(outbox::remove);
  }

  Unfinished unfinished(JobTypeId jobType) {
    Unfinished all = Unfinished.NONE;
    for (OpenJob job : openJobs.values()) {
      if (job.jobTypeId().equals(jobType)) {
        all = job.waits() ? all.withWaiting(job.jobId()) : all.withQueued(job.jobId());
      }
    }
    return all;
  }

  /// The newest unfinished job when this one was made to wait; itself, where it never was.
  UUID behind(OpenJob job) {
    return behind.getOrDefault(job.jobId(), job.jobId());
  }

  Transaction begin() {
    return new Transaction();
  }

  /// Changes that come to pass together, or not at all.
  final class Transaction {

    private final Set<Object> locks = new HashSet<>();
    private final Map<JobTypeId, JobType> saved = new HashMap<>();
    private final List<OpenJob> opened = new ArrayList<>();
    private final List<Event> told = new ArrayList<>();
    private final Set<UUID> ended = new HashSet<>();
    private final Set<JobTypeId> released = new HashSet<>();

    boolean lock(Object key) {
      boolean free = locked.add(key);
      if (free) {
        locks.add(key);
      }
      return free;
    }

    JobType jobType(JobTypeId id) {
      return saved.getOrDefault(id, SimulatedDatabase.this.jobType(id));
    }

    void save(JobType jobType) {
      saved.put(jobType.id(), jobType);
    }

    void put(OpenJob job) {
      opened.add(job);
    }

    void end(UUID jobId) {
      ended.add(jobId);
    }

    void tell(Event event) {
      told.add(event);
    }

    /// What was opened here is unfinished too.
    Unfinished unfinished(JobTypeId jobType) {
      Unfinished all = SimulatedDatabase.this.unfinished(jobType);
      for (OpenJob job : opened) {
        if (job.jobTypeId().equals(jobType)) {
          all = job.waits() ? all.withWaiting(job.jobId()) : all.withQueued(job.jobId());
        }
      }
      return all;
    }

    /// Lets the waiting jobs of a job type wait for nothing, when this comes to pass.
    void release(JobTypeId jobType) {
      released.add(jobType);
    }

    /// @return false where a job was to wait for one that has ended meanwhile: nothing came to pass
    boolean commit() {
      boolean refers = opened.stream().allMatch(this::waitsForOneThatIsThere);
      if (refers) {
        saved.forEach((id, jobType) -> jobTypes.put(id.toString(), jobType));
        opened.forEach(job -> {
          openJobs.put(job.jobId(), job);
          if (job.waitsFor() != null) {
            behind.put(job.jobId(), job.waitsFor());
          }
        });
        ended.forEach(openJobs::remove);
        openJobs.replaceAll((_, job) -> waitsForNobody(job) ? waitingForNobody(job) : job);
        told.forEach(event -> outbox.put(++outboxIds, event));
      }
      rollBack();
      return refers;
    }

    private boolean waitsForOneThatIsThere(OpenJob job) {
      return job.waitsFor() == null
          || openJobs.containsKey(job.waitsFor())
          || opened.stream().anyMatch(other -> other.jobId().equals(job.waitsFor()));
    }

    private boolean waitsForNobody(OpenJob job) {
      return job.waits()
          && (released.contains(job.jobTypeId())
              || job.waitsFor() != null && !openJobs.containsKey(job.waitsFor()));
    }

    private OpenJob waitingForNobody(OpenJob job) {
      return new OpenJob(job.jobId(), job.jobTypeId(), job.scheduledFor(), 1, 0, null, true, null);
    }

    boolean isEmpty() {
      return saved.isEmpty() && opened.isEmpty() && ended.isEmpty() && told.isEmpty();
    }

    void rollBack() {
      locked.removeAll(locks);
      locks.clear();
    }
  }
}

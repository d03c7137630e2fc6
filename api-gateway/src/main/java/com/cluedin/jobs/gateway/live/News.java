package com.cluedin.jobs.gateway.live;

import com.cluedin.jobs.model.LiveView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a stretch of the log tells: each job and each job type once.
///
/// @param at when the newest of it happened
/// @param isMore there is more that cannot be told, because nobody knows whose it is
record News(Instant at, Map<UUID, JobNews> jobs, Set<JobTypeNews> jobTypes, boolean isMore) {

  static final News NONE = new News(Instant.EPOCH, Map.of(), Set.of(), false);

  /// More than this is not told.
  private static final int MOST = 500;

  boolean isEmpty() {
    return jobs.isEmpty() && jobTypes.isEmpty() && !isMore;
  }

  /// How much memory it takes, in jobs and job types.
  int size() {
    return jobs.size() + jobTypes.size();
  }

  static News joined(List<News> parts) {
    Instant newest = Instant.EPOCH;
    Map<UUID, JobNews> allJobs = new LinkedHashMap<>();
    Set<JobTypeNews> allJobTypes = new LinkedHashSet<>();
    for (News part : parts) {
      newest = part.at.isAfter(newest) ? part.at : newest;
      part.jobs.forEach((id, news) -> allJobs.merge(id, news, JobNews::join));
      allJobTypes.addAll(part.jobTypes);
    }
    return new News(newest, allJobs, allJobTypes, parts.stream().anyMatch(News::isMore));
  }

  /// The same, with whose the jobs are; null when that is not known of all of them.
  @Nullable News owned(Owners owners) {
    Map<UUID, JobNews> owned = new LinkedHashMap<>();
    for (JobNews job : jobs.values()) {
      UUID owner = owners.of(job.id());
      if (owner == null) {
        return null;
      }
      owned.put(job.id(), job.of(owner));
    }
    return new News(at, owned, jobTypes, isMore);
  }

  /// What of it may be shown; null when that is nothing.
  ///
  /// @param caller the organization that looks; null: whoever sees everything
  @Nullable LiveView view(@Nullable UUID caller) {
    List<JobNews> shown =
        jobs.values().stream()
            .filter(news -> caller == null || caller.equals(news.organization()))
            .toList();
    List<String> types =
        jobTypes.stream()
            .filter(news -> news.mayConcern(caller))
            .map(news -> news.shownTo(caller))
            .distinct()
            .toList();
    boolean tooMuch = shown.size() > MOST || types.size() > MOST || (isMore && caller != null);
    if (tooMuch) {
      return new LiveView(at, Math.max(1, shown.size() + types.size()), null, null, null);
    }
    if (shown.isEmpty() && types.isEmpty()) {
      return null;
    }
    return new LiveView(
        at,
        null,
        shown.stream().filter(JobNews::showsInRow).map(JobNews::view).toList(),
        types,
        shown.stream().filter(JobNews::alarmed).map(JobNews::id).toList());
  }
}

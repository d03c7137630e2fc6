package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.ContractTime;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.scheduler.cron.Cron;
import com.cluedin.jobs.scheduler.cron.CronWords;
import com.cluedin.jobs.service.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// Says what a cron means: in words, and when it is due next.
@RestController
class CronPreview {

  private static final int MOST = 100;

  /// What a cron means is known without PostgreSQL, so nobody waits for it longer than this.
  private static final Duration LONGEST_COUNTING = Duration.ofSeconds(1);

  private final JobTypeList jobTypes;
  private final Clock clock;

  CronPreview(JobTypeList jobTypes, Clock clock) {
    this.jobTypes = jobTypes;
    this.clock = clock;
  }

  @GetMapping("/cron/preview")
  Mono<Preview> preview(
      @RequestHeader(name = "X-Organization-Id", required = false) @Nullable UUID organization,
      @RequestParam(required = false) @Nullable String cron,
      @RequestParam(defaultValue = "UTC") String timeZone,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(defaultValue = "5") int count,
      @RequestParam(required = false) @Nullable String jobTypeId) {
    if (count < 1 || count > MOST) {
      throw Refusal.badRequest("count must be 1 to " + MOST + ", not " + count);
    }
    Cron schedule = JobTypeEndpoints.cronOf(cron);
    ZoneId zone = JobTypeChange.zoneOf(timeZone);
    List<Occurrence> occurrences = new ArrayList<>(count);
    Instant first = schedule.next(from == null ? clock.instant() : from, zone);
    Instant next = first;
    while (next != null && occurrences.size() < count) {
      String local = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(next.atZone(zone));
      occurrences.add(
          new Occurrence(ContractTime.utc(next), local, DaylightSaving.note(schedule, next, zone)));
      next = schedule.next(next, zone);
    }
    return sharing(first, jobTypeId, organization)
        .map(Optional::of)
        .timeout(LONGEST_COUNTING)
        .onErrorReturn(TimeoutException.class, Optional.empty())
        .onErrorReturn(DataAccessException.class, Optional.empty())
        .map(sharedBy ->
            new Preview(
                schedule.toString(),
                zone.getId(),
                CronWords.of(schedule),
                occurrences,
                sharedBy.orElse(null)));
  }

  private Mono<Long> sharing(
      @Nullable Instant first, @Nullable String jobTypeId, @Nullable UUID organization) {
    JobTypeId own = null;
    if (jobTypeId != null && !jobTypeId.isBlank()) {
      own = JobTypeDetailEndpoints.idOf(jobTypeId);
      if (own == null) {
        throw Refusal.badRequest(
            "jobTypeId must be configuration|organization|provider, three Guids, not \"%s\""
                .formatted(jobTypeId));
      }
    }
    return first == null ? Mono.just(0L) : jobTypes.dueInMinuteOf(first, own, organization);
  }

  /// @param description the schedule in words
  /// @param sharedBy how many other active job types are due next in the minute of the first of the
  ///   occurrences; null: it cannot be counted now
  record Preview(
      String cron,
      String timeZone,
      String description,
      List<Occurrence> occurrences,
      @Nullable Long sharedBy) {}

  /// @param note what daylight saving does to it, in words, or null
  record Occurrence(String utc, String local, @Nullable String note) {}
}

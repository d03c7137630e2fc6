package com.cluedin.jobs.scheduler;

import com.cluedin.jobs.model.ContractTime;
import com.cluedin.jobs.scheduler.cron.Cron;
import com.cluedin.jobs.scheduler.cron.CronWords;
import com.cluedin.jobs.service.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Says what a cron means: in words, and when it is due next.
@RestController
class CronPreview {

  private static final int MOST = 100;

  private final Clock clock;

  CronPreview(Clock clock) {
    this.clock = clock;
  }

  @GetMapping("/cron/preview")
  Preview preview(
      @RequestParam(required = false) @Nullable String cron,
      @RequestParam(defaultValue = "UTC") String timeZone,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(defaultValue = "5") int count) {
    if (count < 1 || count > MOST) {
      throw Refusal.badRequest("count must be 1 to " + MOST + ", not " + count);
    }
    Cron schedule = JobTypeEndpoints.cronOf(cron);
    ZoneId zone = JobTypeChange.zoneOf(timeZone);
    List<Occurrence> occurrences = new ArrayList<>(count);
    Instant next = schedule.next(from == null ? clock.instant() : from, zone);
    while (next != null && occurrences.size() < count) {
      String local = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(next.atZone(zone));
      occurrences.add(
          new Occurrence(ContractTime.utc(next), local, DaylightSaving.note(schedule, next, zone)));
      next = schedule.next(next, zone);
    }
    return new Preview(schedule.toString(), zone.getId(), CronWords.of(schedule), occurrences);
  }

  /// @param description the schedule in words
  record Preview(String cron, String timeZone, String description, List<Occurrence> occurrences) {}

  /// @param note what daylight saving does to it, in words, or null
  record Occurrence(String utc, String local, @Nullable String note) {}
}

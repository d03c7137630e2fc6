package com.cluedin.jobs.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobEvent.JobAbandonRequested;
import com.cluedin.jobs.model.JobIds;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.ScheduleEvent.OccurrenceDecided;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.Policy.Overlap;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobTypeTest {

  private static final Instant ENABLED = Instant.parse("2020-04-06T13:47:16.509661Z");
  private static final LogPlace FIRST = new LogPlace(ENABLED, 0);
  private static final LogPlace SECOND = new LogPlace(ENABLED, 1);

  private final UUID configuration = UUID.randomUUID();

  @Test
  void runsEveryFourHoursAtTheMinuteItWasEnabledUnlessToldOtherwise() {
    JobType jobType = JobType.first(enabled(null, ENABLED), FIRST, ENABLED);
    assertThat(jobType.schedule().cron()).isEqualTo("47 0/4 * * *");
    assertThat(jobType.schedule().nextExecution()).isEqualTo("2020-04-06T16:47:00Z");
    assertThat(jobType.queue()).isEqualTo("default");
    assertThat(jobType.alarm()).isEqualTo(TimeSpan.ZERO);
  }

  @Test
  void firingGivesTheOccurrenceItsOneJobAndMovesOn() {
    JobType due = JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED);
    Instant late = Instant.parse("2020-04-06T14:00:00.250Z");
    Fired fired = Fired.of(due, late, 100, Unfinished.NONE);
    assertThat(fired.job().jobId())
        .isEqualTo(JobIds.ofOccurrence(due.id(), Instant.parse("2020-04-06T14:00:00Z")))
        .isEqualTo(Fired.of(due, late.plusSeconds(9), 100, Unfinished.NONE).job().jobId());
    assertThat(fired.job().scheduledFor()).isEqualTo("2020-04-06T14:00:00Z");
    assertThat(fired.jobType().schedule().nextExecution()).isEqualTo("2020-04-06T15:00:00Z");
    assertThat(fired.jobType().lastExecution()).isEqualTo(late);
    assertThat(fired.jobType().lastJobId()).isEqualTo(fired.job().jobId());
  }

  @Test
  void tellsOfEveryOccurrenceThatWasMissed() {
    JobType due = JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED);
    Fired fired = Fired.of(due, Instant.parse("2020-04-06T20:30:00Z"), 100, Unfinished.NONE);
    assertThat(fired.told()).hasSize(7);
    assertThat(fired.queued())
        .singleElement()
        .satisfies(job -> assertThat(job.scheduledFor()).isEqualTo("2020-04-06T20:00:00Z"));
    assertThat(fired.jobType().schedule().nextExecution()).isEqualTo("2020-04-06T21:00:00Z");
  }

  @Test
  void aSpreadDelaysItAlwaysByTheSame() {
    JobType jobType = JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED);
    JobType delayed =
        jobType.with(null, null, PolicyWith.spread(TimeSpan.parse("00:10:00")), ENABLED);
    Instant due = delayed.schedule().nextExecution();
    assertThat(due).isBetween("2020-04-06T14:00:00Z", "2020-04-06T14:09:59Z");
    Fired fired = Fired.of(delayed, due, 100, Unfinished.NONE);
    assertThat(fired.job().scheduledFor()).isEqualTo("2020-04-06T14:00:00Z");
    assertThat(fired.jobType().schedule().nextExecution()).isEqualTo(due.plusSeconds(3600));
  }

  @Test
  void aPauseIsToldAndATriggerPassesIt() {
    JobType paused =
        JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED)
            .paused(new Policy.Pause("holidays", "ann", ENABLED));
    Fired fired = Fired.of(paused, Instant.parse("2020-04-06T14:00:00Z"), 100, Unfinished.NONE);
    assertThat(fired.queued()).isEmpty();
    assertThat(fired.told())
        .singleElement(type(OccurrenceDecided.class))
        .satisfies(told -> {
          assertThat(told.decision()).isEqualTo(Decision.SKIPPED_PAUSED);
          assertThat(told.note()).isEqualTo("Paused by ann: holidays");
        });
    assertThat(paused.trigger(UUID.randomUUID(), null, ENABLED.plusSeconds(1)).queued()).hasSize(1);
  }

  @Test
  void theNextOccurrenceTakesThePlaceOfAnUnfinishedJobOnceThatHasEnded() {
    JobType due =
        JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED)
            .with(null, null, PolicyWith.overlap(Overlap.CANCEL), ENABLED);
    UUID unfinished = UUID.randomUUID();
    Instant now = Instant.parse("2020-04-06T14:00:00Z");
    Fired fired = Fired.of(due, now, 100, new Unfinished(List.of(unfinished), null, null));
    assertThat(fired.queued()).isEmpty();
    assertThat(fired.opened()).singleElement().matches(OpenJob::waits);
    assertThat(fired.told().getFirst()).isInstanceOf(OccurrenceDecided.class);
    assertThat(fired.told().getLast())
        .asInstanceOf(type(JobAbandonRequested.class))
        .satisfies(asked -> assertThat(asked.jobId()).isEqualTo(unfinished));
    assertThat(fired.jobType().lastJobId()).isNull();

    OpenJob waiting = fired.opened().getFirst();
    assertThat(due.queuedAtLast(waiting, now))
        .isEqualTo(Fired.of(due, now, 100, Unfinished.NONE).job());
  }

  @Test
  void aChangeOfPolicyLeavesWhatIsDueWhereItIs() {
    JobType jobType = JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED);
    Instant later = Instant.parse("2020-04-06T14:00:00.5Z");
    JobType changed = jobType.with(null, null, PolicyWith.overlap(Overlap.ALLOW), later);
    assertThat(changed.schedule().nextExecution()).isEqualTo(jobType.schedule().nextExecution());
  }

  @Test
  void anOccurrenceOnceFiredStaysBehindThoughTheClockGoesBack() {
    JobType due = JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED);
    JobType fired =
        Fired.of(due, Instant.parse("2020-04-06T14:00:00Z"), 100, Unfinished.NONE).jobType();
    JobType changed = fired.with("*/30 * * * *", null, null, Instant.parse("2020-04-06T13:10:00Z"));
    assertThat(changed.schedule().nextExecution()).isEqualTo("2020-04-06T14:30:00Z");
  }

  @Test
  void triggeringLeavesTheScheduleWhereItIs() {
    JobType jobType = JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED);
    Fired fired = jobType.trigger(UUID.randomUUID(), "ann", ENABLED.plusSeconds(5));
    assertThat(fired.jobType().schedule().nextExecution())
        .isEqualTo(jobType.schedule().nextExecution());
    assertThat(fired.jobType().lastExecution()).isEqualTo(ENABLED.plusSeconds(5));
    assertThat(fired.job().scheduledFor()).isNull();
    assertThat(fired.job().requestedBy()).isEqualTo("ann");
  }

  @Test
  void comesBackAsItWasWhenTheIntegrationIsEnabledAgain() {
    Instant later = ENABLED.plusSeconds(3600);
    JobType removed =
        JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED)
            .with("15 3 * * *", null, null, ENABLED)
            .removed(ENABLED.plusSeconds(9));
    assertThat(removed.schedule().nextExecution()).isNull();
    JobType back = removed.enabledAgain(enabled("0 * * * *", later), new LogPlace(later, 1), later);
    assertThat(back.schedule().cron()).isEqualTo("15 3 * * *");
    assertThat(back.removedAt()).isNull();
    assertThat(back.createdAt()).isEqualTo(ENABLED);
    assertThat(back.schedule().nextExecution()).isEqualTo("2020-04-07T03:15:00Z");
  }

  @Test
  void whatAnIntegrationSaidBeforeARemovalDoesNotUndoItThoughItIsHeardLater() {
    JobType removed =
        JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED)
            .removed(ENABLED.plusSeconds(9));
    LogPlace before = new LogPlace(ENABLED.plusSeconds(8), 1);
    JobType heard =
        removed.enabledAgain(enabled("0 * * * *", ENABLED), before, ENABLED.plusSeconds(60));
    assertThat(heard.removedAt()).isEqualTo(ENABLED.plusSeconds(9));
    assertThat(heard.schedule().nextExecution()).isNull();
    assertThat(heard.followed()).isEqualTo(before);
  }

  @Test
  void aPersonBringsItBackAsItWas() {
    JobType before =
        JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED)
            .trigger(UUID.randomUUID(), null, ENABLED.plusSeconds(5))
            .jobType()
            .with("15 3 * * *", "Europe/Copenhagen", null, ENABLED);
    Instant later = ENABLED.plusSeconds(3600);
    JobType back = before.removed(ENABLED.plusSeconds(9)).restored(later);
    assertThat(back.removedAt()).isNull();
    assertThat(back.lastJobId()).isNotNull().isEqualTo(before.lastJobId());
    assertThat(back.schedule()).isEqualTo(before.schedule());
    assertThat(back.schedule().nextExecution()).isEqualTo("2020-04-07T01:15:00Z");
    assertThat(back.restored(later.plusSeconds(1))).isSameAs(back);
    assertThat(before.restored(later)).isSameAs(before);
  }

  @Test
  void whatAnIntegrationSaidBeforeItWasBroughtBackDoesNotEndItThoughItIsHeardLater() {
    Instant broughtBack = ENABLED.plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    JobType back =
        JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED)
            .removed(ENABLED.plusSeconds(9))
            .restored(broughtBack.plusNanos(999_000));
    LogPlace before = new LogPlace(broughtBack.minusMillis(1), 1);
    JobType heard = back.disabled(before);
    assertThat(heard.removedAt()).isNull();
    assertThat(heard.schedule()).isEqualTo(back.schedule());
    assertThat(heard.followed()).isEqualTo(before);
    assertThat(back.disabled(new LogPlace(broughtBack, 1)).removedAt()).isEqualTo(broughtBack);
  }

  @Test
  void isSwitchedOffWithItsIntegration() {
    JobType jobType = JobType.first(enabled("0 * * * *", ENABLED), FIRST, ENABLED);
    JobType disabled = jobType.disabled(SECOND);
    assertThat(disabled.removedAt()).isEqualTo(SECOND.at());
    assertThat(disabled.schedule().nextExecution()).isNull();
    assertThat(disabled.followed()).isEqualTo(SECOND);
  }

  private IntegrationEnabled enabled(@Nullable String cron, Instant at) {
    UUID id = new UUID(7, 7);
    return new IntegrationEnabled(
        configuration, id, id, id, "HubSpot", null, cron, null, null, null, at);
  }
}

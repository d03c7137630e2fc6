package com.cluedin.jobs.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.model.ScheduleEvent.Decision;
import com.cluedin.jobs.model.TimeSpan;
import com.cluedin.jobs.scheduler.Occurrences.Decided;
import com.cluedin.jobs.scheduler.Policy.Missed;
import com.cluedin.jobs.scheduler.Policy.Overlap;
import com.cluedin.jobs.scheduler.Policy.Pause;
import com.cluedin.jobs.scheduler.cron.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OccurrencesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final JobTypeId JOB_TYPE =
      new JobTypeId(new UUID(0, 7), new UUID(0, 8), new UUID(0, 9));
  private static final Pause PAUSE = new Pause("holidays", "ann", NOON);

  @ParameterizedTest
  @CsvSource({"0, FIRED", "5, FIRED", "6, LATE", "60, LATE", "61, CAUGHT_UP", "86400, CAUGHT_UP"})
  void oneThatIsDueIsFiredAndToldHowLate(long seconds, Decision decision) {
    Policy policy = policy(Missed.ALL, 86_400, null);
    Occurrences occurrences = decide("0 12 * * *", policy, NOON.plusSeconds(seconds), 10);
    assertThat(occurrences.decided().getFirst())
        .satisfies(one -> {
          assertThat(one.occurrence()).isEqualTo(NOON);
          assertThat(one.decision()).isEqualTo(decision);
          assertThat(one.late()).isEqualTo(Duration.ofSeconds(seconds));
        });
  }

  /// An outage from 12:00 to 14:00:10 under a schedule of every 10 minutes.
  @ParameterizedTest
  @CsvSource({"ONCE, 0, 12, 1", "ALL, 12, 0, 1", "NONE, 0, 12, 1"})
  void afterAnOutageThePolicyDecides(Missed missed, int caughtUp, int missing, int fired) {
    Instant now = NOON.plusSeconds(7_210);
    List<Decided> decided = decide("*/10 * * * *", policy(missed, 86_400, null), now, 99).decided();
    assertThat(decided).hasSize(13);
    assertThat(count(decided, Decision.CAUGHT_UP)).isEqualTo(caughtUp);
    assertThat(count(decided, Decision.MISSED)).isEqualTo(missing);
    assertThat(count(decided, Decision.LATE)).isEqualTo(fired); // the one of 14:00, 10 s late
  }

  @Test
  void onceCatchesUpTheNewestOfThoseMissed() {
    Instant now = NOON.plusSeconds(7_500); // 14:05
    List<Decided> decided =
        decide("*/10 * * * *", policy(Missed.ONCE, 86_400, null), now, 99).decided();
    assertThat(decided.getLast().decision()).isEqualTo(Decision.CAUGHT_UP);
    assertThat(count(decided, Decision.MISSED)).isEqualTo(12);
  }

  @Test
  void whatIsOverdueForLongerThanTheWindowIsMissed() {
    Instant now = NOON.plusSeconds(7_500);
    List<Decided> decided =
        decide("*/10 * * * *", policy(Missed.ALL, 3_600, null), now, 99).decided();
    assertThat(count(decided, Decision.MISSED))
        .isEqualTo(7); // 12:00 to 13:00, 13:05 ago is too long
    assertThat(count(decided, Decision.CAUGHT_UP)).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource(Missed.class)
  void aPauseStopsAll(Missed missed) {
    List<Decided> decided =
        decide("*/10 * * * *", policy(missed, 86_400, PAUSE), NOON.plusSeconds(7_210), 99)
            .decided();
    assertThat(count(decided, Decision.SKIPPED_PAUSED)).isEqualTo(13);
  }

  @Test
  void allOfThoseMissedAreCaughtUpOneAfterTheOther() {
    Policy all =
        PolicyWith.policy(
            Missed.ALL, TimeSpan.parse("1.00:00:00"), Overlap.SKIP, TimeSpan.ZERO, null);
    List<Decided> decided = decide("*/10 * * * *", all, NOON.plusSeconds(1_500), 99).decided();
    assertThat(decided)
        .extracting(Decided::decision, Decided::waits, Decided::overlaps)
        .containsExactly(
            tuple(Decision.CAUGHT_UP, false, null),
            tuple(Decision.CAUGHT_UP, true, decided.get(0).jobId()),
            tuple(Decision.CAUGHT_UP, true, decided.get(1).jobId()));
  }

  /// Two occurrences, some seconds late, while a job runs, and while another waits besides.
  @ParameterizedTest
  @CsvSource({
    "SKIP, SKIPPED_OVERLAP, SKIPPED_OVERLAP, SKIPPED_OVERLAP",
    "QUEUE, DEFERRED, SKIPPED_OVERLAP, SKIPPED_OVERLAP",
    "CANCEL, DEFERRED, SKIPPED_OVERLAP, SKIPPED_OVERLAP",
    "ALLOW, LATE, FIRED, LATE"
  })
  void whileAnEarlierJobIsNotFinishedThePolicyDecides(
      Overlap overlap, Decision first, Decision second, Decision firstBesideWaiting) {
    UUID running = new UUID(0, 1);
    UUID waiting = new UUID(0, 2);
    Policy policy = PolicyWith.overlap(overlap);
    Instant now = NOON.plusSeconds(14);
    Unfinished one = new Unfinished(List.of(running), null, null);
    List<Decided> decided = decide("*/10 * * * * *", policy, now, 99, one).decided();
    assertThat(decided).extracting(Decided::decision).containsExactly(first, second);
    if (overlap != Overlap.ALLOW) {
      assertThat(decided.getFirst().overlaps()).isEqualTo(running);
    }
    assertThat(decided.getFirst().replaces())
        .isEqualTo(overlap == Overlap.CANCEL ? List.of(running) : List.of());
    Unfinished two = new Unfinished(List.of(running), waiting, waiting);
    Decided beside = decide("*/10 * * * * *", policy, now, 99, two).decided().getFirst();
    assertThat(beside.decision()).isEqualTo(firstBesideWaiting);
    assertThat(beside.overlaps())
        .isEqualTo(
            switch (overlap) {
              case SKIP -> running;
              case QUEUE, CANCEL -> waiting;
              case ALLOW -> null;
            });
  }

  @Test
  void aJobOfTheSameTurnIsReplacedToo() {
    Policy policy = PolicyWith.overlap(Overlap.CANCEL);
    List<Decided> decided =
        decide("*/10 * * * * *", policy, NOON.plusSeconds(14), 99, Unfinished.NONE).decided();
    assertThat(decided)
        .extracting(Decided::decision)
        .containsExactly(Decision.LATE, Decision.DEFERRED);
    assertThat(decided.getLast().replaces()).containsExactly(decided.getFirst().jobId());
  }

  @Test
  void aDelayIsNoLateness() {
    Policy spread = PolicyWith.spread(TimeSpan.parse("00:10:00"));
    Duration delay = spread.delayOf(JOB_TYPE);
    assertThat(delay).isPositive();
    List<Decided> decided =
        decide("0 12 * * *", spread, NOON.plus(delay).plusSeconds(1), 9).decided();
    assertThat(decided)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.occurrence()).isEqualTo(NOON);
          assertThat(one.decision()).isEqualTo(Decision.FIRED);
          assertThat(one.late()).isEqualTo(Duration.ofSeconds(1));
        });
  }

  @Test
  void inWhateverPiecesTimePassesEachOccurrenceIsDecidedOnceAndAsIfAtOnce() {
    ZoneId zone = ZoneId.of("America/New_York");
    List<String> crons =
        List.of("*/7 * * * *", "30 2 * * *", "0 0/5 * * * *", "59 23 L * *", "*/30 1-3 * * *");
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      Cron cron = Cron.parse(crons.get(random.nextInt(crons.size())));
      Policy policy =
          policy(
              Missed.values()[random.nextInt(3)],
              random.nextInt(90_000),
              random.nextInt(10) == 0 ? PAUSE : null);
      Instant start = Instant.parse("2026-03-07T12:00:00Z").plusSeconds(random.nextInt(86_400));
      Instant first = cron.next(start, zone);
      Instant now = start;
      @Nullable Instant next = first;
      List<Instant> decided = new ArrayList<>();
      for (int turn = 0; turn < 20; turn++) {
        now = now.plusSeconds(random.nextInt(20) == 0 ? 20_000 : random.nextInt(600));
        int most = 1 + random.nextInt(5);
        while (next != null && !next.isAfter(now)) {
          Schedule schedule = new Schedule(cron.toString(), zone.getId(), policy, null, next);
          Occurrences occurrences =
              Occurrences.decide(schedule, JOB_TYPE, now, most, Unfinished.NONE);
          occurrences.decided().forEach(one -> decided.add(one.occurrence()));
          assertThat(occurrences.decided()).as("seed %d", seed).hasSizeBetween(1, most);
          long caughtUp = count(occurrences.decided(), Decision.CAUGHT_UP);
          if (policy.missed() == Missed.ONCE) {
            assertThat(caughtUp).as("seed %d", seed).isLessThanOrEqualTo(1);
          }
          next = occurrences.next();
        }
      }
      List<Instant> due = new ArrayList<>();
      for (Instant at = first; at != null && !at.isAfter(now); at = cron.next(at, zone)) {
        due.add(at);
      }
      assertThat(decided).as("seed %d", seed).isEqualTo(due);
    }
  }

  private static Occurrences decide(String cron, Policy policy, Instant now, int most) {
    return decide(cron, policy, now, most, Unfinished.NONE);
  }

  private static Occurrences decide(
      String cron, Policy policy, Instant now, int most, Unfinished unfinished) {
    Instant due = NOON.plus(policy.delayOf(JOB_TYPE));
    return Occurrences.decide(
        new Schedule(cron, "UTC", policy, null, due), JOB_TYPE, now, most, unfinished);
  }

  private static Policy policy(Missed missed, long catchUpSeconds, @Nullable Pause pause) {
    return PolicyWith.policy(
        missed,
        new TimeSpan(Duration.ofSeconds(catchUpSeconds)),
        Overlap.ALLOW,
        TimeSpan.ZERO,
        pause);
  }

  private static long count(List<Decided> decided, Decision decision) {
    return decided.stream().filter(one -> one.decision() == decision).count();
  }
}

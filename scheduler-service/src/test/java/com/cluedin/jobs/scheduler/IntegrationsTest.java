package com.cluedin.jobs.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.model.IntegrationEvent;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationDisabled;
import com.cluedin.jobs.model.IntegrationEvent.IntegrationEnabled;
import com.cluedin.jobs.model.JobTypeId;
import com.cluedin.jobs.scheduler.Integrations.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IntegrationsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void readingEventsAgainInBatchesOfAnySizeChangesNothing() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Told> events = randomEvents(random);
      Map<JobTypeId, JobType> expected = follow(Map.of(), events);
      Map<JobTypeId, JobType> actual = new HashMap<>();
      for (int from = 0; from < events.size(); ) {
        int to = Math.min(events.size(), from + 1 + random.nextInt(5));
        actual = follow(actual, events.subList(random.nextInt(from + 1), to));
        from = to;
      }
      assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void anOlderEventChangesNothing() {
    Told on = told(7, enabled(1, 1, START.plusSeconds(10)));
    Map<JobTypeId, JobType> known = follow(Map.of(), List.of(on));
    Told older = told(6, new IntegrationDisabled(new UUID(0, 1), null, START.plusSeconds(5)));
    assertThat(Integrations.after(List.of(older, on), known, START.plusSeconds(99))).isEmpty();
  }

  @Test
  void whatWasSaidLastHoldsWhateverTheClocksSay() {
    Map<JobTypeId, JobType> known =
        follow(Map.of(), List.of(told(1, enabled(1, 1, START.plusSeconds(3600)))));
    Told off = told(2, new IntegrationDisabled(new UUID(0, 1), null, START));
    assertThat(Integrations.after(List.of(off), known, START))
        .singleElement()
        .satisfies(jobType -> assertThat(jobType.removedAt()).isEqualTo(START));
  }

  @Test
  void anOrganizationSwitchesOffItsOwnJobTypesAlone() {
    Told on = told(1, enabled(1, 1, START));
    Map<JobTypeId, JobType> known = follow(Map.of(), List.of(on));
    Instant later = START.plusSeconds(1);
    UUID owner = new UUID(0, 1);
    assertThat(
            Integrations.after(
                List.of(told(2, new IntegrationDisabled(owner, new UUID(0, 2), later))),
                known,
                later))
        .isEmpty();
    assertThat(
            Integrations.after(
                List.of(told(2, new IntegrationDisabled(owner, owner, later))), known, later))
        .singleElement()
        .satisfies(jobType -> assertThat(jobType.removedAt()).isEqualTo(START));
  }

  private static Map<JobTypeId, JobType> follow(Map<JobTypeId, JobType> before, List<Told> events) {
    Map<JobTypeId, JobType> known = new HashMap<>(before);
    Integrations.after(events, before, START).forEach(type -> known.put(type.id(), type));
    return known;
  }

  /// The broker's time of an event; several have the same.
  private static Told told(int place, IntegrationEvent event) {
    return new Told(event, new LogPlace(START.plusMillis(place / 3), place));
  }

  private static List<Told> randomEvents(Random random) {
    List<Told> events = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      Instant at = START.plusSeconds(i);
      int configuration = random.nextInt(3);
      events.add(
          told(
              i,
              random.nextInt(3) == 0
                  ? new IntegrationDisabled(new UUID(0, configuration), null, at)
                  : enabled(configuration, random.nextInt(2), at)));
    }
    return events;
  }

  private static IntegrationEnabled enabled(int configuration, int provider, Instant at) {
    UUID id = new UUID(0, configuration);
    return new IntegrationEnabled(
        id,
        id,
        id,
        new UUID(0, provider),
        "n" + at.getEpochSecond(),
        null,
        null,
        null,
        null,
        null,
        at);
  }
}

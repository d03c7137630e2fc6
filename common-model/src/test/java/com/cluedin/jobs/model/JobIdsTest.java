package com.cluedin.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobIdsTest {

  private static final Instant DUE = Instant.parse("2020-04-06T16:47:00Z");
  private final JobTypeId jobType = new JobTypeId(new UUID(1, 2), new UUID(3, 4), new UUID(5, 6));

  @Test
  void anOccurrenceHasOneJobForEver() {
    UUID id = JobIds.ofOccurrence(jobType, DUE);
    assertThat(id)
        .isEqualTo(JobIds.ofOccurrence(jobType, DUE))
        .isNotEqualTo(JobIds.ofOccurrence(jobType, DUE.plusSeconds(1)));
    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
  }

  /// The value is written down: other versions and other languages must find the same.
  @Test
  void theIdOfAnOccurrenceNeverChanges() {
    assertThat(JobIds.ofOccurrence(jobType, DUE))
        .hasToString("01715063-57a0-8e9a-a059-2510d4e39000");
  }

  @Test
  void tenThousandJobTypesDueAtOnceHaveTenThousandIds() {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(
          JobIds.ofOccurrence(new JobTypeId(new UUID(0, i), new UUID(3, 4), new UUID(5, 6)), DUE));
    }
    assertThat(ids).hasSize(10_000);
  }

  @Test
  void aRunIsNamedAfterItsJob() {
    UUID job = JobIds.ofRequest(DUE);
    UUID run = JobIds.run(job, 2);
    assertThat(job.toString()).endsWith("000");
    assertThat(job.version()).isEqualTo(7);
    assertThat(run.toString()).endsWith("002").startsWith(job.toString().substring(0, 33));
    assertThat(JobIds.jobOf(run)).isEqualTo(job);
    assertThatIllegalArgumentException().isThrownBy(() -> JobIds.run(job, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> JobIds.run(job, 4096));
  }

  @Test
  void idsSortByTime() {
    assertThat(JobIds.ofRequest(DUE.plusSeconds(1)).toString())
        .isGreaterThan(JobIds.ofOccurrence(jobType, DUE).toString());
  }
}

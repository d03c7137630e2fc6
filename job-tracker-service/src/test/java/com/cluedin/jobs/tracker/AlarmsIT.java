package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.service.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The list of alarms where there are very many.
class AlarmsIT {

  private static final UUID ORGANIZATION = new UUID(0, 1);

  private final TrackerDatabase database = new TrackerDatabase();
  private final Alarms alarms = new Alarms(database.client());

  @BeforeEach
  void raiseMany() {
    database.execute(
        """
        INSERT INTO tracker.job (id, organization_id, configuration_id, provider_id, user_id, name,
          queue, queued_at, alarm_seconds, alarm_raised_at, rank, progress, attempt, remark)
        SELECT gen_random_uuid(), organization, organization, organization, organization, 'HubSpot',
          'default', '2026-03-01T12:00:00Z', 60,
          '2026-03-01T12:01:00Z'::timestamptz + i * interval '1 second',
          CASE WHEN i % 1000 = 0 THEN 1 ELSE 4 END, 0, 1, ''
        FROM generate_series(1, 12000) AS i,
          md5((i % 2)::text) AS hash, uuid(CASE WHEN i % 3 = 0
            THEN '00000000-0000-0000-0000-000000000001' ELSE hash END) AS organization
        """);
    database.execute("VACUUM ANALYZE tracker.job");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNewestTenThousandAreTheList() {
    Alarms.Part first = alarms.list(null, false, new Page(0, 1_000)).block();
    assertThat(first.total()).isEqualTo(10_000);
    assertThat(first.alarms()).hasSize(1_000);

    Alarms.Part past = alarms.list(null, false, new Page(10, 1_000)).block();
    assertThat(past.total()).isEqualTo(10_000);
    assertThat(past.alarms()).isEmpty();

    assertThat(alarms.list(ORGANIZATION, false, new Page(0, 1)).block().total()).isEqualTo(4_000);
    assertThat(alarms.list(null, true, new Page(0, 20)).block().alarms()).hasSize(12);
    assertThat(alarms.list(ORGANIZATION, true, new Page(0, 20)).block().alarms()).hasSize(4);
  }

  @Test
  void openOnesAreFoundByAnIndexOfTheirOwn() {
    assertThat(plan(null)).contains("job_alarm_open").doesNotContain("job_alarm_raised");
    assertThat(plan(ORGANIZATION)).contains("job_alarm_open").doesNotContain("job_alarm_raised");
  }

  private String plan(@Nullable UUID organization) {
    String sql =
        Alarms.sql(organization, true)
            .replace("FROM job ", "FROM tracker.job ")
            .replace(":organization", "'" + organization + "'")
            .replace(":offset", "0")
            .replace(":take", "20");
    return String.join("\n", database.query("EXPLAIN " + sql));
  }
}

package com.cluedin.jobs.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.scheduler.JobTypeQuery.Order;
import com.cluedin.jobs.scheduler.JobTypeQuery.State;
import com.cluedin.jobs.service.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTypeQueryTest {

  @Test
  void whatIsAbsentOrEmptyDoesNotMatter() {
    JobTypeQuery all = new JobTypeQuery(null, "", null, null, null, false);
    assertThat(JobTypeQuery.of(null, null, null, null, null)).isEqualTo(all);
    assertThat(JobTypeQuery.of(null, "", " ", "", " ")).isEqualTo(all);
    assertThat(all.sorted().order()).isEqualTo(Order.NAME);
  }

  @Test
  void wordsAreReadInAnyCase() {
    JobTypeQuery query = JobTypeQuery.of(null, " a%b ", "HubSpot", "Removed", "-NEXT");
    assertThat(query.search()).isEqualTo("a%b");
    assertThat(query.connector()).isEqualTo("HubSpot");
    assertThat(query.state()).isEqualTo(State.REMOVED);
    assertThat(query.order()).isEqualTo(Order.NEXT);
    assertThat(query.descending()).isTrue();
    assertThat(query.sorted()).isSameAs(query);
  }

  @ParameterizedTest
  @CsvSource({
    "state, gone,  'active, paused, removed'",
    "sort,  size,  'name, configuration, schedule, last, next, with - in front'",
    "sort,  --name, 'not \"-name\"'",
    "sort,  -,      'not \"-\"'",
  })
  void otherWordsAreRefusedAndTheAllowedOnesNamed(String parameter, String word, String told) {
    assertThatThrownBy(() ->
            JobTypeQuery.of(
                null,
                null,
                null,
                parameter.equals("state") ? word : null,
                parameter.equals("sort") ? word : null))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.getBody().getDetail()).contains(parameter, told));
  }
}

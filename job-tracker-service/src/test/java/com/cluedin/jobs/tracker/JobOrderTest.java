package com.cluedin.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.service.Refusal;
import com.cluedin.jobs.tracker.JobOrder.By;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobOrderTest {

  @Test
  void theNewestComeFirstUnlessToldOtherwise() {
    assertThat(JobOrder.of(null)).isEqualTo(new JobOrder(By.QUEUED, true));
    assertThat(JobOrder.of(" ")).isEqualTo(new JobOrder(By.QUEUED, true));
    assertThat(JobOrder.of("-queued")).isEqualTo(JobOrder.NEWEST_FIRST);
    assertThat(JobOrder.of("Name")).isEqualTo(new JobOrder(By.NAME, false));
    assertThat(JobOrder.of("-clues")).isEqualTo(new JobOrder(By.CLUES, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"size", "--name", "-", "name,queued"})
  void otherWordsAreRefusedAndTheAllowedOnesNamed(String text) {
    assertThatThrownBy(() -> JobOrder.of(text))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("name, configuration, status, clues, queued, started, finished");
  }
}

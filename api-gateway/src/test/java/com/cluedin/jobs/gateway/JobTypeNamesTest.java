package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cluedin.jobs.service.Refusal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class JobTypeNamesTest {

  private final MultiValueMap<String, String> form = new LinkedMultiValueMap<>();

  @Test
  void readsAllSpellingsAndDropsDuplicates() {
    form.add("jobs[]", "c");
    form.add("jobIds[]", "a|b|c");
    form.add("jobIds[]", " a%7Cb%7cc ");
    form.add("jobIds", "c");
    form.add("jobIds", "");
    form.add("other", "x");
    assertThat(JobTypeNames.in(form)).containsExactly("a|b|c", "c");
  }

  @Test
  void refusesNoneAndTooMany() {
    form.add("jobIds", null);
    assertThatThrownBy(() -> JobTypeNames.in(form)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> JobTypeNames.in(null)).isInstanceOf(Refusal.class);
    List<String> many = IntStream.range(0, 1_001).mapToObj(String::valueOf).toList();
    form.put("jobIds", many);
    assertThatThrownBy(() -> JobTypeNames.in(form)).hasMessageContaining("1000");
    form.put("jobIds", many.subList(0, 1_000));
    assertThat(JobTypeNames.in(form)).hasSize(1_000);
  }
}

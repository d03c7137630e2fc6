package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerTest {

  @Test
  void aNameIsTextThatCanBeKept() {
    assertThat(new Caller(null, "Tim\0Ward\n").user()).isEqualTo("Tim Ward ");
    assertThat(new Caller(null, "x".repeat(300)).user()).hasSize(200);
    assertThat(new Caller(null, null).user()).isNull();
  }

  @Test
  void aNameIsNotCutWithinACharacter() {
    assertThat(new Caller(null, "x".repeat(199) + "😀y").user()).isEqualTo("x".repeat(199));
  }
}

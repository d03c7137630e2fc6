package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class PageLinksTest {

  private static final URI REQUEST =
      URI.create("http://h:1/api/v1/jobs?state=Failed&page=2&x=a%7Cb");

  @Test
  void aPageInTheMiddleHasFourNeighbours() {
    assertThat(PageLinks.of(REQUEST, 2, 10, 45))
        .isEqualTo(
            "</api/v1/jobs?state=Failed&page=0&x=a%7Cb>; rel=\"first\", "
                + "</api/v1/jobs?state=Failed&page=1&x=a%7Cb>; rel=\"prev\", "
                + "</api/v1/jobs?state=Failed&page=3&x=a%7Cb>; rel=\"next\", "
                + "</api/v1/jobs?state=Failed&page=4&x=a%7Cb>; rel=\"last\"");
  }

  @Test
  void theEndsHaveNoNeighbourOutside() {
    assertThat(PageLinks.of(URI.create("/jobs"), 0, 10, 10))
        .isEqualTo("</jobs?page=0>; rel=\"first\", </jobs?page=0>; rel=\"last\"");
    assertThat(PageLinks.of(URI.create("/jobs"), 0, 10, 0)).doesNotContain("next", "prev");
    assertThat(PageLinks.of(URI.create("/jobs"), 1, 10, 20))
        .contains("prev")
        .doesNotContain("next");
  }

  @Test
  void pastTheEndThePreviousPageIsTheLast() {
    assertThat(PageLinks.of(URI.create("/jobs"), 99, 10, 20))
        .contains("</jobs?page=1>; rel=\"prev\"")
        .doesNotContain("next");
  }
}

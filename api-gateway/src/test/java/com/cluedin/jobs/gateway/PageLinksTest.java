package com.cluedin.jobs.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageLinksTest {

  private static final URI REQUEST =
      URI.create("http://h:1/api/v1/jobs?state=Failed&page=2&x=a%7Cb");

  @Test
  void aPageInTheMiddleHasFourNeighbours() {
    assertThat(PageLinks.of(REQUEST, 2, 10, 45))
        .isEqualTo(
            "</api/v1/jobs?state=Failed&x=a%7Cb&page=0>; rel=\"first\", "
                + "</api/v1/jobs?state=Failed&x=a%7Cb&page=1>; rel=\"prev\", "
                + "</api/v1/jobs?state=Failed&x=a%7Cb&page=3>; rel=\"next\", "
                + "</api/v1/jobs?state=Failed&x=a%7Cb&page=4>; rel=\"last\"");
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

  @ParameterizedTest
  @CsvSource({
    "?page=1, /jobs?page=0",
    "?, /jobs?page=0",
    "?page=1&x&page=2&y=, /jobs?x&y=&page=0",
    "?x=a?b, /jobs?x=a?b&page=0"
  })
  void pagesAreReplacedWhateverElseIsAskedFor(String query, String first) {
    assertThat(PageLinks.of(URI.create("/jobs" + query), 0, 10, 10)).startsWith("<" + first + ">");
  }
}

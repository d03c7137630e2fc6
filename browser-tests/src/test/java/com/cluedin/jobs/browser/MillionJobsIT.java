package com.cluedin.jobs.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.cluedin.jobs.stack.LocalStack;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Among a million jobs every screen is there within a second of being opened; where something else
/// wants the processors, within two.
class MillionJobsIT extends InBrowser {

  private static final int JOB_TYPES = 50;
  private static final int ROUNDS = 5;
  private static final long LONGEST_OF_QUICKEST = 1_000;
  private static final long LONGEST_MEDIAN = 2_000;
  private static final List<String> NAMES = List.of("HubSpot", "Slack", "Dropbox", "Salesforce");

  private static String jobType = "";

  @BeforeAll
  static void makeJobs() throws Exception {
    Api api = Stack.api();
    IntStream.range(0, JOB_TYPES)
        .forEach(i -> jobType = api.enable("default", NAMES.get(i % NAMES.size()), "Account " + i));
    LocalStack stack = Stack.get();
    String url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(stack.postgresHost(), stack.postgresPort(), stack.postgresDatabase());
    long begun = System.nanoTime();
    try (InputStream sql = MillionJobsIT.class.getResourceAsStream("/million-jobs.sql");
        Connection connection =
            DriverManager.getConnection(url, stack.postgresUser(), stack.postgresPassword());
        Statement statement = connection.createStatement()) {
      statement.execute(new String(requireNonNull(sql).readAllBytes(), UTF_8));
      statement.execute("VACUUM ANALYZE");
    }
    System.out.printf(
        "a million jobs were made in %d s%n", (System.nanoTime() - begun) / 1_000_000_000);
  }

  @Test
  void everyScreenIsThereWithinASecond() {
    String rows = "tbody tr[data-id]";
    String ofType = "/job-types/" + Api.encoded(jobType);
    int pages = (int) ((api.total("/api/v1/jobs?take=1") + 19) / 20);
    int pagesOfType =
        (int) ((api.total("/api/v1/jobs?take=1&jobTypeId=" + Api.encoded(jobType)) + 19) / 20);
    String oldest = api.ids("/api/v1/jobs?take=20&page=" + (pages - 1)).getFirst();
    Map<String, String> screens = new LinkedHashMap<>();
    screens.put("/", ".tile.total strong:not(:text-is('…'))");
    screens.put("/jobs", rows);
    screens.put("/jobs?page=" + pages, rows);
    screens.put("/jobs?page=" + pages / 2, rows);
    screens.put("/jobs?state=Failed&sort=-finished", rows);
    screens.put("/jobs?search=account+7", rows);
    screens.put("/jobs?sort=-clues", rows);
    screens.put("/jobs?job=" + oldest, "dialog[open] .facts");
    screens.put("/job-types", rows);
    screens.put("/job-types?page=3", rows);
    screens.put("/job-types?edit=" + Api.encoded(jobType), "dialog[open] .compare tbody tr");
    screens.put(ofType, rows);
    screens.put(ofType + "?page=" + pagesOfType, rows);
    Map<String, long[]> slow = new LinkedHashMap<>();
    screens.forEach((path, sign) -> {
      long[] lengths = lengths(path, sign);
      System.out.printf("among a million jobs: %s ms %s%n", Arrays.toString(lengths), path);
      if (lengths[0] >= LONGEST_OF_QUICKEST || lengths[ROUNDS / 2] >= LONGEST_MEDIAN) {
        slow.put(path, lengths);
      }
    });
    assertThat(slow).isEmpty();
    screen.open("/jobs");
    assertThat(screen.find(".found")).hasText("1,000,000 jobs found");
  }

  /// In milliseconds, the shortest first.
  private long[] lengths(String path, String sign) {
    return IntStream.range(0, ROUNDS)
        .mapToLong(_ -> {
          page().navigate("about:blank");
          long begun = System.nanoTime();
          screen.open(path);
          screen.find(sign).first().waitFor();
          return (System.nanoTime() - begun) / 1_000_000;
        })
        .sorted()
        .toArray();
  }
}

package com.cluedin.jobs.scheduler.cron;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CronTest {

  @ParameterizedTest
  @MethodSource("nextRows")
  void findsTheNextOccurrence(Row row) {
    Cron cron = Cron.parse(row.text(0));
    Instant from = Instant.parse(row.get(1));
    ZoneId zone = ZoneId.of(row.get(2));
    Instant next =
        row.get(3).equals("inclusive") ? cron.nextOrSame(from, zone) : cron.next(from, zone);
    assertThat(next == null ? "none" : next.toString()).isEqualTo(row.get(4));
  }

  @ParameterizedTest
  @MethodSource("validityRows")
  void acceptsTheDialectAndNothingElse(Row row) {
    if (row.get(1).equals("valid")) {
      assertThat(Cron.parse(row.text(0))).isNotNull();
    } else {
      assertThatExceptionOfType(CronSyntaxException.class)
          .isThrownBy(() -> Cron.parse(row.text(0)));
    }
  }

  @Test
  void goldenCaseOfTheContract() {
    assertThat(Cron.parse("47 0/4 * * *").next(Instant.parse("2020-04-06T13:47:16Z"), UTC))
        .isEqualTo("2020-04-06T16:47:00Z");
  }

  @Test
  void namesTheFieldAtFaultTheTextAndWhatIsAllowed() {
    assertThatThrownBy(() -> Cron.parse("0 25 * * *"))
        .isInstanceOfSatisfying(
            CronSyntaxException.class,
            e -> {
              assertThat(e.field()).isEqualTo("hour");
              assertThat(e.text()).isEqualTo("25");
            })
        .hasMessageContaining("hour")
        .hasMessageContaining("\"25\"")
        .hasMessageContaining("0-23");
    assertThatThrownBy(() -> Cron.parse("* * *")).hasMessageContaining("3 fields");
    assertThatThrownBy(() -> Cron.parse("")).hasMessageContaining("0 fields");
    assertThatThrownBy(() -> Cron.parse("*".repeat(300))).hasMessageContaining("longer");
  }

  @Test
  void theNextOccurrenceIsAlwaysLater() {
    Random random = new Random(7);
    List<ZoneId> zones =
        Stream.of("UTC", "America/New_York", "Europe/Copenhagen", "Australia/Lord_Howe")
            .map(ZoneId::of)
            .toList();
    for (int i = 0; i < 1_000_000; i++) {
      String expression = randomExpression(random);
      Instant from = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(2));
      Instant next = Cron.parse(expression).next(from, zones.get(random.nextInt(zones.size())));
      if (next != null && !next.isAfter(from)) {
        throw new AssertionError(expression + " after " + from + " gave " + next);
      }
    }
  }

  private static String randomExpression(Random random) {
    return Stream.of(CronField.values())
        .skip(random.nextInt(2)) // with or without seconds
        .map(field -> randomField(field, random))
        .collect(Collectors.joining(" "));
  }

  private static String randomField(CronField field, Random random) {
    int a = field.first + random.nextInt(field.last - field.first + 1);
    int b = field.first + random.nextInt(field.last - field.first + 1);
    return switch (random.nextInt(7)) {
      case 0 -> a + "-" + b;
      case 1 -> a + "," + b;
      case 2 -> "*/" + (1 + random.nextInt(field.last));
      case 3 -> String.valueOf(a);
      case 4 ->
          switch (field) {
            case DAY_OF_MONTH -> random.nextBoolean() ? a + "W" : "L-" + (a - 1) + "W";
            case DAY_OF_WEEK -> random.nextBoolean() ? a + "L" : a + "#" + (1 + a % 5);
            default -> a + "/" + (1 + b % field.last);
          };
      default -> "*";
    };
  }

  static Stream<Row> nextRows() {
    return Stream.concat(rows("next.tsv"), rows("next6.tsv"));
  }

  static Stream<Row> validityRows() {
    return rows("valid.tsv");
  }

  private static Stream<Row> rows(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(CronTest.class.getResourceAsStream("/cron/" + file)),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> new Row(line.split("\t", -1))).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  record Row(String... columns) {
    String get(int column) {
      return columns[column];
    }

    String text(int column) {
      return columns[column].replace("\\t", "\t").replace("\\\\", "\\");
    }

    @Override
    public String toString() {
      return String.join(" | ", columns);
    }
  }
}

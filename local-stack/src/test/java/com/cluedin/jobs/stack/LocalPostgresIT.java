package com.cluedin.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisabledIfSystemProperty(named = "test.backing", matches = "containers")
class LocalPostgresIT {

  @TempDir Path folder;

  @Test
  void keepsWhatItCommittedWhenKilled() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(folder)) {
      postgres.ensureDatabase("kept");
      postgres.ensureDatabase("kept");
      try (Connection connection = connect(postgres)) {
        connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
      }

      postgres.kill();
      postgres.restart();

      try (Connection connection = connect(postgres)) {
        assertThat(only(connection, "SELECT answer FROM kept")).isEqualTo("42");
      }
    }
  }

  @Test
  void isDurable() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(folder);
        Connection connection = connect(postgres, "postgres")) {
      assertThat(only(connection, "SHOW fsync")).isEqualTo("on");
      assertThat(only(connection, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(only(connection, "SHOW full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void startsAnewAfterAStartThatWasInterrupted() throws Exception {
    Path begun = Files.createDirectories(folder.resolve("data.new"));
    Files.writeString(begun.resolve("PG_VERSION"), "18");
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> LocalPostgres.start(folder))
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder.resolve("data")).doesNotExist();

    try (LocalPostgres postgres = LocalPostgres.start(folder);
        Connection connection = connect(postgres, "postgres")) {
      assertThat(only(connection, "SELECT 42")).isEqualTo("42");
    }
  }

  private static Connection connect(LocalPostgres postgres) throws SQLException {
    return connect(postgres, "kept");
  }

  private static Connection connect(LocalPostgres postgres, String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), database),
        postgres.user(),
        postgres.password());
  }

  private static String only(Connection connection, String query) throws SQLException {
    ResultSet rows = connection.createStatement().executeQuery(query);
    rows.next();
    return rows.getString(1);
  }
}

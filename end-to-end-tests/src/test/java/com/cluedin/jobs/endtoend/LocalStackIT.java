package com.cluedin.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.cluedin.jobs.stack.LocalStack;
import com.cluedin.jobs.stack.StackException;
import com.cluedin.jobs.stack.StackProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The stack as a set of processes: what ends with what, and what comes back.
@DisabledIfSystemProperty(named = "test.backing", matches = "containers")
class LocalStackIT {

  private static final Duration SOON = Duration.ofSeconds(120);

  @TempDir Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void findsItsDataAtTheNextStart() throws Exception {
    try (LocalStack stack = start()) {
      query(stack, "CREATE TABLE kept AS SELECT 42 AS answer");
    }

    try (LocalStack stack = start()) {
      assertThat(query(stack, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void startsAgainWhatEndsByItselfAndNotWhatIsKilledOnPurpose() {
    try (LocalStack stack = start()) {
      StackProcess scheduler = stack.process("scheduler-1");
      StackProcess agent = stack.process("agent-1");
      long pid = scheduler.pid();

      agent.kill();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      await().atMost(SOON).until(() -> told.contains("scheduler-1 is back"));
      assertThat(scheduler.pid()).isNotEqualTo(pid);
      assertThat(told).anyMatch(sentence -> sentence.contains("scheduler-1 ended (exit code 137)"));
      assertThat(agent.isAlive()).isFalse();
      agent.restart();
      agent.suspend();
      await().atMost(SOON).until(() -> state(agent.pid()).equals("T"));
      agent.resume();
      agent.awaitReady();
    }
  }

  @Test
  void refusesDataThatAnotherStackHolds() throws Exception {
    Process host = StackHost.fork(folder.resolve("data"), folder.resolve("host.log"));
    List<ProcessHandle> all;
    try {
      awaitStarted();
      assertThatExceptionOfType(StackException.class)
          .isThrownBy(this::start)
          .withMessageContaining("is in use by another stack");
    } finally {
      all = host.descendants().toList();
      host.getOutputStream().close();
      assertThat(host.waitFor()).isZero();
    }
    assertThat(all).hasSizeGreaterThan(5);
    awaitEnd(all);
  }

  @Test
  void endsWithItsParentThoughThatWasKilled() throws Exception {
    Process host = StackHost.fork(folder.resolve("data"), folder.resolve("host.log"));
    awaitStarted();
    List<ProcessHandle> all = host.descendants().toList();
    assertThat(all).hasSizeGreaterThan(5);

    host.destroyForcibly().waitFor();

    awaitEnd(all);
  }

  @Test
  void endsWhatOutlivedItsParentBeforeItStartsAgain() throws Exception {
    Process host = StackHost.fork(folder.resolve("data"), folder.resolve("host.log"));
    awaitStarted();
    List<ProcessHandle> all = host.descendants().toList();
    ProcessHandle lastWill =
        host.children().filter(LocalStackIT::isLastWill).findFirst().orElseThrow();
    lastWill.destroyForcibly();
    await().until(() -> !lastWill.isAlive());
    host.destroyForcibly().waitFor();
    assertThat(all.stream().filter(ProcessHandle::isAlive)).isNotEmpty();

    try (LocalStack _ = start()) {
      assertThat(all).noneMatch(ProcessHandle::isAlive);
      assertThat(told).anyMatch(sentence -> sentence.startsWith("Ending kafka, left over"));
    }
  }

  @Test
  void leavesNothingRunningWhenAServiceCannotStart() {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();

    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() ->
            LocalStack.start(
                StackHost.settings(folder.resolve("data"))
                    .with("agent", Map.of("AGENT_JOBS_AT_ONCE", "none")),
                told::add))
        .withMessageContaining("agent-1 ended (exit code 2)")
        .withMessageContaining("agent-1.log")
        .withMessageContaining("AGENT_JOBS_AT_ONCE must be a whole number");

    assertThat(ProcessHandle.current().children())
        .filteredOn(child -> !isLastWill(child))
        .isSubsetOf(before);
  }

  private LocalStack start() {
    return LocalStack.start(StackHost.settings(folder.resolve("data")), told::add);
  }

  private void awaitStarted() {
    Path log = folder.resolve("host.log");
    await().atMost(SOON).until(() -> Files.readString(log).contains("started"));
  }

  private static void awaitEnd(List<ProcessHandle> all) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static boolean isLastWill(ProcessHandle child) {
    return child.info().command().orElse("").matches(".*/(sh|dash|bash)");
  }

  private static String state(long pid) throws Exception {
    Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", String.valueOf(pid)).start();
    return new String(ps.getInputStream().readAllBytes()).strip().substring(0, 1);
  }

  private static String query(LocalStack stack, String sql) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(stack.postgresHost(), stack.postgresPort(), stack.postgresDatabase()),
            stack.postgresUser(),
            stack.postgresPassword())) {
      if (!connection.createStatement().execute(sql)) {
        return "";
      }
      ResultSet rows = connection.createStatement().executeQuery(sql);
      rows.next();
      return rows.getString(1);
    }
  }
}

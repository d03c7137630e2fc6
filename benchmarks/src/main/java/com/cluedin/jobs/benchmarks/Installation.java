package com.cluedin.jobs.benchmarks;

import com.cluedin.jobs.model.Event;
import com.cluedin.jobs.model.EventWire.EventSerializer;
import com.cluedin.jobs.model.Topics;
import com.cluedin.jobs.stack.LocalStack;
import com.cluedin.jobs.stack.StackProcess;
import com.cluedin.jobs.stack.StackSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;

/// A started stack under measurement: two agents whose jobs do nothing, one of everything else,
/// with the second compiler, which they have wherever they are not at a desk, and two thirds of the
/// broker's heap.
final class Installation implements AutoCloseable {

  private static final Map<String, String> AT_FULL_SPEED = atFullSpeed("256m");

  private static final List<String> PARTS =
      List.of("kafka", "postgres", "scheduler-1", "tracker-1", "gateway", "agent-1", "agent-2");

  /// Of an agent: how many jobs it runs at once.
  static final int PLACES = 128;

  private static final Duration LONGEST_MAKING = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final LocalStack stack;
  private final Gateway gateway;

  private Installation(LocalStack stack) {
    this.stack = stack;
    this.gateway = new Gateway(stack.address());
  }

  /// @param data keeps what it has, and gets what is missing
  static Installation start(Path data) {
    StackSettings settings =
        StackSettings.of(data)
            .withAgents(2)
            .with("kafka", atFullSpeed("384m"))
            .with("scheduler", AT_FULL_SPEED)
            .with("tracker", AT_FULL_SPEED)
            .with("gateway", AT_FULL_SPEED)
            .with("agent", AT_FULL_SPEED)
            .with(
                "agent",
                Map.of(
                    "AGENT_JOBS_AT_ONCE", String.valueOf(PLACES),
                    "SIMULATION_CLUES", "1",
                    "SIMULATION_CLUES_PER_SECOND", "1e9",
                    "SIMULATION_FAILURE_RATE", "0",
                    "SIMULATION_PERMANENT_RATE", "0"));
    return new Installation(LocalStack.start(settings, sentence -> {}));
  }

  private static Map<String, String> atFullSpeed(String heap) {
    return Map.of(
        StackSettings.JAVA_FLAGS,
        "-XX:TieredStopAtLevel=4 -XX:ReservedCodeCacheSize=128m -Xmx" + heap);
  }

  Gateway gateway() {
    return gateway;
  }

  /// What it is made of, and what makes it durable.
  String versions() throws IOException, SQLException {
    Properties kafka = new Properties();
    try (InputStream file =
            KafkaProducer.class.getResourceAsStream("/kafka/kafka-version.properties");
        Connection database = database();
        Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT 'PostgreSQL ' || current_setting('server_version') || ', '
                  || string_agg(name || '=' || current_setting(name), ' ' ORDER BY name)
                FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes',
                  'shared_buffers', 'autovacuum_naptime', 'max_wal_size', 'wal_level')
                """)) {
      kafka.load(file);
      row.next();
      return "Kafka %s, acks=all; %s".formatted(kafka.getProperty("version"), row.getString(1));
    }
  }

  String kafka() {
    return stack.kafkaBootstrapServers();
  }

  StackProcess process(String name) {
    return stack.process(name);
  }

  /// All processes of it, with those that they began.
  Stream<ProcessHandle> processes() {
    return PARTS.stream().flatMap(this::processes);
  }

  /// How long each part of it has kept processors busy, and the measuring process: those processes
  /// that are alive, so without what PostgreSQL began and ended meanwhile.
  SortedMap<String, Duration> busy() {
    SortedMap<String, Duration> busy = new TreeMap<>();
    PARTS.forEach(part -> busy.put(part, busy(processes(part))));
    busy.put("benchmarks", busy(Stream.of(ProcessHandle.current())));
    return busy;
  }

  private Stream<ProcessHandle> processes(String part) {
    return ProcessHandle.of(process(part).pid()).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
  }

  private static Duration busy(Stream<ProcessHandle> processes) {
    return processes
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  Connection database() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(stack.postgresHost(), stack.postgresPort(), stack.postgresDatabase()),
        stack.postgresUser(),
        stack.postgresPassword());
  }

  /// Makes a queue, and the topic of what becomes of its jobs, where they are not there yet.
  void makeQueue(String queue) throws Exception {
    makeTopics(List.of(Topics.JOB_EVENTS, Topics.jobQueue(queue)));
  }

  /// Returns when each has a leader.
  void makeTopics(List<String> topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
      Topics.ensure(admin, LONGEST_MAKING, topics);
    }
  }

  /// The one number that a statement gives; 0 when it gives none.
  static long number(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /// Sends events as those do who own integrations and run jobs.
  ///
  /// @param more settings that win
  Producer<String, Event> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", kafka());
    settings.put("client.id", "benchmarks");
    settings.put("acks", "all");
    settings.putAll(more);
    EventSerializer events = new EventSerializer();
    events.configure(settings, false);
    return new KafkaProducer<>(settings, new StringSerializer(), events);
  }

  /// How many jobs the read model shows as Completed.
  static long completed(Connection database) throws SQLException {
    return number(
        database,
        """
        SELECT jobs FROM tracker.tally WHERE configuration_id IS NULL AND organization_id IS NULL
          AND period IS NULL AND rank = 4
        """);
  }

  /// Looks every 20 ms until it holds: a look takes the processors from what is measured.
  static void await(String what, Duration most, Callable<Boolean> condition) throws Exception {
    await(what, most, POLL, condition);
  }

  /// @param every how long lies between an answer and the next look
  static void await(String what, Duration most, Duration every, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + most.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("within " + most.toSeconds() + " s did not happen: " + what);
      }
      Thread.sleep(every);
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}

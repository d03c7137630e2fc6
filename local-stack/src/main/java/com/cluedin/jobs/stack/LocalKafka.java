package com.cluedin.jobs.stack;

import com.cluedin.jobs.stack.ChildProcess.Farewell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A Kafka broker on the loopback address, in a process of its own: alone, or one node of several.
///
/// Its data stay in their folder: a start after {@link #close} or {@link #kill} goes on where the
/// broker was, on the same port.
public final class LocalKafka implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final String name;
  private final KafkaQuorum quorum;
  private final KafkaQuorum.Member self;
  private final Path folder;
  private final LogFile log;
  private final List<String> flags;
  private final StackProcess process;

  /// Not yet started.
  ///
  /// @param self the node of the quorum that it is
  /// @param flags more flags for its JVM
  LocalKafka(
      String name,
      KafkaQuorum quorum,
      KafkaQuorum.Member self,
      Path folder,
      LogFile log,
      List<String> flags) {
    this.name = name;
    this.quorum = quorum;
    this.self = self;
    this.folder = folder.toAbsolutePath();
    this.log = log;
    this.flags = flags;
    this.process =
        new StackProcess(
            name,
            URI.create("kafka://" + self.address()),
            new StackProcess.Launch() {
              @Override
              public ChildProcess start(Map<String, String> more) {
                return launch(more);
              }

              @Override
              public void awaitReady(ChildProcess child) {
                child.awaitLine("Kafka Server started", START_TIMEOUT);
              }
            });
  }

  /// Starts a broker and waits until it serves.
  ///
  /// @param folder holds settings, data and log
  public static LocalKafka start(Path folder) {
    LocalKafka kafka = begin(folder, new LogFile(folder.resolve("kafka.log")), List.of());
    kafka.awaitReady();
    return kafka;
  }

  /// Starts a broker without waiting.
  ///
  /// @param flags more flags for its JVM
  static LocalKafka begin(Path folder, LogFile log, List<String> flags) {
    KafkaQuorum alone = KafkaQuorum.of(1);
    LocalKafka kafka =
        new LocalKafka("kafka", alone, alone.members().getFirst(), folder, log, flags);
    kafka.process.begin();
    return kafka;
  }

  void awaitReady() {
    process.awaitReady();
  }

  public String bootstrapServers() {
    return self.address();
  }

  StackProcess process() {
    return process;
  }

  /// Ends the process at once, as a crash would.
  public void kill() {
    process.kill();
  }

  /// Starts it again after {@link #kill} or {@link #close}, with its data and on its port.
  public void restart() {
    process.restart();
  }

  @Override
  public void close() {
    process.stop();
  }

  private ChildProcess launch(Map<String, String> environment) {
    try {
      Files.createDirectories(folder);
      Path settings = folder.resolve("server.properties");
      Files.writeString(settings, settings());
      Path logging = folder.resolve("log4j2.properties");
      Files.writeString(logging, LOGGING);
      List<String> all = new ArrayList<>(List.of("-Xmx384m", "-Xms64m", "-XX:TieredStopAtLevel=1"));
      all.add("-Dlog4j2.configurationFile=" + logging.toUri());
      all.add("-Dlog4j2.disable.jmx=true");
      all.addAll(flags);
      List<String> command =
          Java.command(
              all,
              "-cp",
              Neighbourhood.kafkaClassPath(),
              KafkaNode.class.getName(),
              settings.toString(),
              quorum.clusterId(),
              data().toString());
      return ChildProcess.start(name, log, command, environment, Farewell.TERM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String settings() {
    return """
    process.roles=broker,controller
    node.id=%d
    controller.quorum.voters=%s
    listeners=PLAINTEXT://%3$s,CONTROLLER://127.0.0.1:%4$d
    advertised.listeners=PLAINTEXT://%3$s
    controller.listener.names=CONTROLLER
    inter.broker.listener.name=PLAINTEXT
    log.dirs=%5$s
    """
            .formatted(self.id(), quorum.voters(), self.address(), self.controllerPort(), data())
        + COMMON_SETTINGS
        + REPLICATION.formatted(quorum.replicas(), quorum.leastInSync());
  }

  /// A broker has to be small. One that was killed must not read for long how far groups have read
  /// (decision 28). Share locks may be as short as tests want them, and who joins a share group is
  /// given its partitions with its second heartbeat.
  private static final String COMMON_SETTINGS =
      """
      auto.create.topics.enable=false
      offsets.topic.num.partitions=4
      offsets.topic.segment.bytes=1048576
      transaction.state.log.num.partitions=4
      share.coordinator.state.topic.num.partitions=4
      group.initial.rebalance.delay.ms=0
      log.cleaner.dedupe.buffer.size=16777216
      num.io.threads=4
      num.network.threads=2
      group.share.max.partition.max.record.locks=10000
      group.share.min.heartbeat.interval.ms=1000
      group.share.heartbeat.interval.ms=1000
      group.share.min.record.lock.duration.ms=1000
      """;

  /// Of the topics and of what brokers keep for themselves.
  private static final String REPLICATION =
      """
      default.replication.factor=%1$d
      min.insync.replicas=%2$d
      offsets.topic.replication.factor=%1$d
      transaction.state.log.replication.factor=%1$d
      transaction.state.log.min.isr=%2$d
      share.coordinator.state.topic.replication.factor=%1$d
      share.coordinator.state.topic.min.isr=%2$d
      """;

  private static final String LOGGING =
      """
      appender.console.type=Console
      appender.console.name=out
      appender.console.layout.type=PatternLayout
      appender.console.layout.pattern=%d %-5p %c{1} %m%n
      rootLogger.level=warn
      rootLogger.appenderRef.out.ref=out
      logger.server.name=kafka.server.KafkaRaftServer
      logger.server.level=info
      logger.validator.name=org.apache.kafka.common.config
      logger.validator.level=error
      """;
}

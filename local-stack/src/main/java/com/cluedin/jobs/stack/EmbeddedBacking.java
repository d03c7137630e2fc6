package com.cluedin.jobs.stack;

import java.nio.file.Path;
import java.util.List;

/// Child processes on the loopback address; their data are gone with this JVM.
record EmbeddedBacking(LocalKafka kafka, LocalPostgres postgres) implements Backing {

  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1");

  static EmbeddedBacking start() {
    Path folder = TemporaryFolder.make("test");
    LocalKafka kafka =
        LocalKafka.begin(folder.resolve("kafka"), new LogFile(folder.resolve("kafka.log")), QUICK);
    LocalPostgres postgres = LocalPostgres.start(folder.resolve("postgres"));
    EmbeddedBacking backing = new EmbeddedBacking(kafka, postgres);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> backing.end(folder)));
    kafka.awaitReady();
    return backing;
  }

  /// Nobody needs the data again, so nothing is stopped with care.
  private void end(Path folder) {
    kafka.kill();
    postgres.kill();
    TemporaryFolder.delete(folder);
  }

  @Override
  public String kafkaBootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public String postgresHost() {
    return postgres.host();
  }

  @Override
  public int postgresPort() {
    return postgres.port();
  }

  @Override
  public String postgresUser() {
    return postgres.user();
  }

  @Override
  public String postgresPassword() {
    return postgres.password();
  }
}

package com.cluedin.jobs.stack;

/// The Kafka and the PostgreSQL that an integration test stands on.
///
/// One pair is shared by all tests of a JVM and ends with it. Tests keep apart by databases of
/// their own ({@link #newDatabase}) and by names of topics and groups. The system property
/// `test.backing` says what it is: `embedded` (child processes, the default) or `containers` (the
/// official images, by Testcontainers).
public interface Backing {

  /// Starts it at the first call.
  static Backing shared() {
    return SharedBacking.get();
  }

  String kafkaBootstrapServers();

  String postgresHost();

  int postgresPort();

  String postgresUser();

  String postgresPassword();

  /// Makes an empty database.
  ///
  /// @return its name
  default String newDatabase() {
    String name = "test_" + Long.toString(System.nanoTime(), 36);
    new Databases(postgresHost(), postgresPort(), postgresUser(), postgresPassword()).make(name);
    return name;
  }
}

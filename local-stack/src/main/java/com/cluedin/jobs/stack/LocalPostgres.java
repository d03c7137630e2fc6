package com.cluedin.jobs.stack;

import com.cluedin.jobs.stack.ChildProcess.Farewell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A PostgreSQL server on the loopback address, in a process of its own, with durable settings.
///
/// Its data stay in their folder: a start after {@link #close} or {@link #kill} goes on where the
/// server was, on the same port.
public final class LocalPostgres implements AutoCloseable {

  static final String USER = "postgres";

  /// How much it may hold, and how soon it makes room again: as in docker-compose.yml (decision
  /// 26).
  static final List<String> ROOM =
      List.of("max_connections=200", "shared_buffers=192MB", "autovacuum_naptime=10s");

  private static final Duration START_TIMEOUT = Duration.ofSeconds(180);

  private final PostgresUser systemUser = PostgresUser.here();
  private final PostgresBinaries binaries = PostgresBinaries.unpacked();
  private final Path folder;
  private final LogFile log;
  private final int port = FreePort.any();
  private final String password;
  private final StackProcess process;

  /// Not yet started.
  LocalPostgres(Path folder, LogFile log) {
    this.folder = folder.toAbsolutePath();
    this.log = log;
    this.password = password();
    this.process =
        new StackProcess(
            "postgres",
            URI.create("postgresql://%s:%d".formatted(host(), port)),
            new StackProcess.Launch() {
              @Override
              public ChildProcess start(Map<String, String> more) {
                return launch(more);
              }

              @Override
              public void awaitReady(ChildProcess child) {
                child.awaitLine("database system is ready to accept connections", START_TIMEOUT);
              }
            });
  }

  /// Starts a server and waits until it serves.
  ///
  /// @param folder holds data, password and log
  public static LocalPostgres start(Path folder) {
    LocalPostgres postgres = begin(folder, new LogFile(folder.resolve("postgres.log")));
    postgres.awaitReady();
    return postgres;
  }

  /// Starts a server without waiting for it.
  static LocalPostgres begin(Path folder, LogFile log) {
    LocalPostgres postgres = new LocalPostgres(folder, log);
    postgres.process.begin();
    return postgres;
  }

  void awaitReady() {
    process.awaitReady();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  public String user() {
    return USER;
  }

  /// Made with the data.
  public String password() {
    Path file = folder.resolve("password");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, UUID.randomUUID().toString());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes the database when it is not there yet.
  public void ensureDatabase(String name) {
    new Databases(host(), port, USER, password).ensure(name);
  }

  StackProcess process() {
    return process;
  }

  /// Ends the server at once, as a crash would.
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
    if (!Files.exists(data())) {
      initialize();
    }
    systemUser.own(data());
    List<String> command =
        new ArrayList<>(List.of(binaries.program("postgres"), "-D", data().toString()));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=" + host(),
                "port=" + port,
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "timezone=UTC",
                "log_timezone=UTC"));
    settings.addAll(ROOM);
    for (String setting : settings) {
      command.add("-c");
      command.add(setting);
    }
    return ChildProcess.start(
        "postgres", log, systemUser.running(command), environment, Farewell.INT);
  }

  /// The cluster is made beside its place and moved there when it is whole: a start that is
  /// interrupted leaves none, and the next one begins anew.
  private void initialize() {
    Path draft = data().resolveSibling("data.new");
    TemporaryFolder.delete(draft);
    List<String> command =
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + draft,
            "--username=" + USER,
            "--auth=scram-sha-256",
            "--pwfile=" + folder.resolve("password"),
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions");
    ChildProcess initdb =
        ChildProcess.start("initdb", log, systemUser.running(command), Map.of(), Farewell.TERM);
    try {
      initdb.awaitSuccess(START_TIMEOUT);
    } catch (StackException e) {
      initdb.kill();
      throw e;
    }
    try {
      Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }
}

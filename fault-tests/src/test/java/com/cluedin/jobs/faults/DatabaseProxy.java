package com.cluedin.jobs.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands before PostgreSQL and passes everything on, until it is told to keep the answer of a
/// COMMIT to itself and cut the connection: it was done, and who asked never hears of it.
final class DatabaseProxy implements AutoCloseable {

  private static final String COMMIT = "COMMIT\0";

  private final int target;
  private final ServerSocket door;
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger wanted = new AtomicInteger();

  /// @param target the port of PostgreSQL
  DatabaseProxy(int target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("database-proxy").start(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  /// Loses the answer of the next COMMIT.
  void cutNextCommit() {
    wanted.incrementAndGet();
  }

  /// How many answers were lost.
  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        passOn(door.accept());
      } catch (IOException e) {
        // the door is closed
      }
    }
  }

  private void passOn(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      AtomicBoolean silent = new AtomicBoolean();
      Thread.ofVirtual().start(() -> requests(client, server, silent));
      Thread.ofVirtual().start(() -> answers(client, server, silent));
    } catch (IOException e) {
      client.close(); // PostgreSQL is away; who came tries again
    }
  }

  private void requests(Socket client, Socket server, AtomicBoolean silent) {
    byte[] buffer = new byte[1 << 16];
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (wanted.get() > 0 && new String(buffer, 0, read, ISO_8859_1).contains(COMMIT)) {
          wanted.decrementAndGet();
          silent.set(true);
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // one of the two has gone, and with it the connection
    }
  }

  private void answers(Socket client, Socket server, AtomicBoolean silent) {
    byte[] buffer = new byte[1 << 16];
    try (client;
        server) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (silent.get()) {
          cuts.incrementAndGet();
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // one of the two has gone, and with it the connection
    }
  }
}

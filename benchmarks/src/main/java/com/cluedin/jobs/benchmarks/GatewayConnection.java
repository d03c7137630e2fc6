package com.cluedin.jobs.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.cluedin.jobs.model.JobTypeId;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/// A connection over which one question after the other is asked, at so little cost that what is
/// measured is who answers. Not thread-safe.
final class GatewayConnection implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream answers;
  private final String host;

  GatewayConnection(URI address) throws IOException {
    socket = new Socket(address.getHost(), address.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    answers = new BufferedInputStream(socket.getInputStream(), 65_536);
    host = address.getAuthority();
  }

  /// Asks, and reads the answer to its end.
  ///
  /// @throws IOException when the answer is not 200, or does not say how long it is
  void get(String path) throws IOException {
    ask("GET", path, "\r\n");
  }

  /// Triggers each of the job types once.
  ///
  /// @throws IOException as {@link #get} does
  void trigger(Collection<JobTypeId> jobTypes) throws IOException {
    String form =
        jobTypes.stream()
            .map(id -> "jobIds%5B%5D=" + URLEncoder.encode(id.toString(), US_ASCII))
            .collect(Collectors.joining("&"));
    ask(
        "POST",
        "/hangfire/recurring/trigger",
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(form.length(), form));
  }

  private void ask(String method, String path, String rest) throws IOException {
    String request = "%s %s HTTP/1.1\r\nHost: %s\r\n%s".formatted(method, path, host, rest);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    String status = line();
    long length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Long.parseLong(header.substring(LENGTH.length()).strip());
      }
    }
    if (!status.startsWith("HTTP/1.1 200") || length < 0) {
      throw new IOException("%s answers %s, and a length of %d".formatted(path, status, length));
    }
    answers.skipNBytes(length);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int character = answers.read(); character != '\n'; character = answers.read()) {
      if (character < 0) {
        throw new EOFException("the gateway closed the connection");
      }
      if (character != '\r') {
        line.append((char) character);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

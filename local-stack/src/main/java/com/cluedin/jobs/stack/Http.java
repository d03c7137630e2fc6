package com.cluedin.jobs.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/// Short calls to the services of the stack, past any proxy.
final class Http {

  private static final int TIMEOUT_MS = 5_000;

  private Http() {}

  /// Whether it answers 200 now.
  static boolean isOk(URI uri) {
    try {
      HttpURLConnection connection = open(uri);
      return answer(connection, connection.getResponseCode()).startsWith("200 ");
    } catch (IOException notThere) {
      return false;
    }
  }

  /// Sends JSON.
  ///
  /// @return the status and the body
  static String post(URI uri, String json) throws IOException {
    HttpURLConnection connection = open(uri);
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection.getOutputStream().write(json.getBytes(UTF_8));
    return answer(connection, connection.getResponseCode());
  }

  private static HttpURLConnection open(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    return connection;
  }

  private static String answer(HttpURLConnection connection, int status) throws IOException {
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return status + " " + (body == null ? "" : new String(body.readAllBytes(), UTF_8));
    }
  }
}

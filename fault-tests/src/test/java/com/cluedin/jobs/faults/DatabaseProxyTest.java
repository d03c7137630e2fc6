package com.cluedin.jobs.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class DatabaseProxyTest {

  @Test
  void whoComesWhileTheDatabaseIsAwayIsSentAway() throws IOException {
    try (DatabaseProxy proxy = new DatabaseProxy(portOfNobody());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      client.setSoTimeout(10_000);

      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return door.getLocalPort();
    }
  }
}

package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another user's program is met in e2e. */
class VisitorTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.9", "::1"})
  void ourOwnProgramIsKnown(String address) throws Exception {
    InetAddress host = InetAddress.ofLiteral(address);
    try (ServerSocket server = new ServerSocket(0, 1, host);
        Socket client = new Socket(host, server.getLocalPort());
        Socket accepted = server.accept()) {
      assertThat(accepted.getInetAddress() instanceof Inet6Address)
          .isEqualTo(address.contains(":"));
      assertThat(isOurs(accepted)).isTrue();
      assertThat(client.isConnected()).isTrue();
    }
  }

  /**
   * Once closed, a socket is root's, says the kernel; half closed it is no more established either.
   */
  @Test
  void aProgramThatHangsUpIsNobodys() throws Exception {
    InetAddress host = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, host);
        Socket client = new Socket(host, server.getLocalPort());
        Socket accepted = server.accept()) {
      client.shutdownOutput();
      assertThat(isOurs(accepted)).isFalse();
    }
  }

  @Test
  void thePortsAloneSayNothing() throws Exception {
    InetAddress host = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, host);
        Socket client = new Socket(host, server.getLocalPort())) {
      InetSocketAddress elsewhere =
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), client.getLocalPort());
      InetSocketAddress here = new InetSocketAddress(host, server.getLocalPort());
      assertThat(Visitor.isOurs(elsewhere, here)).isFalse();
    }
  }

  private static boolean isOurs(Socket accepted) {
    return Visitor.isOurs(
        (InetSocketAddress) accepted.getRemoteSocketAddress(),
        (InetSocketAddress) accepted.getLocalSocketAddress());
  }
}

package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortHolderTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void namesTheProgramAndItsProcess(String address) throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
      assertThat(PortHolder.of(busy.getLocalPort()).orElseThrow())
          .endsWith("(process " + ProcessHandle.current().pid() + ")")
          .doesNotStartWith(" ");
    }
  }

  @Test
  void nobodyIsNamedForAFreePort() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(PortHolder.of(port)).isEmpty();
  }
}

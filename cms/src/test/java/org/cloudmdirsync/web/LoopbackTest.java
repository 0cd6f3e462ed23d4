package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080/, 127.0.0.1, 8080",
    "http://127.0.0.2/x, 127.0.0.2, 80",
    "http://[::1]:1/, ::1, 1"
  })
  void anAddressIsTakenAsItStands(URI url, String address, int port) throws IOException {
    assertThat(Loopback.listeners(url))
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral(address), port));
  }

  @Test
  void localhostIsLoopbackWhateverAResolverSays() throws IOException {
    assertThat(Loopback.listeners(URI.create("http://localhost:8080/")))
        .contains(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8080))
        .allMatch(listener -> listener.getAddress().isLoopbackAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0.0.0.0:8080/",
        "http://192.0.2.1/",
        "http://[::]/",
        "http://example.com/",
        "mailto:x"
      })
  void nothingElseIsListenedOn(URI url) {
    assertThatThrownBy(() -> Loopback.listeners(url))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(url.toString())
        .hasMessageContaining("127.0.0.1, [::1] or localhost");
  }

  @Test
  void thePortMayBeLeftOutWhereItIsTheDefault() {
    assertThat(Loopback.authorities(80)).contains("localhost", "localhost:80");
    assertThat(Loopback.authorities(8080)).contains("localhost:8080").doesNotContain("localhost");
  }
}

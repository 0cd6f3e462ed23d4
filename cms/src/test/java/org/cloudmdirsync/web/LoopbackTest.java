package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
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

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080/", "http://LOCALHOST:8080/"})
  void localhostIsLoopbackWhateverAResolverSays(URI url) throws IOException {
    assertThat(Loopback.listeners(url))
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
    assertThat(authorities("127.0.0.1", 80)).contains("localhost", "localhost:80");
    assertThat(authorities("127.0.0.1", 8080))
        .contains("localhost:8080")
        .doesNotContain("localhost");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:8080",
    "127.0.0.2, 127.0.0.2:8080",
    "127.0.0.2, localhost:8080",
    "::1, [::1]:8080"
  })
  void anAddressAnswersToItself(String address, String host) {
    assertThat(authorities(address, 8080)).contains(host);
  }

  private static Set<String> authorities(String address, int port) {
    return Loopback.authorities(new InetSocketAddress(InetAddress.ofLiteral(address), port));
  }
}

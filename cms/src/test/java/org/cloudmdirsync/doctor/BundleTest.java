package org.cloudmdirsync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleTest {
  /** Whoever signs in to a proxy writes the password where no pattern is sure to find it. */
  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, joe:Sommer2026!@proxy.corp:3128,         <removed>@proxy.corp:3128",
    "https_proxy, joe:som@mer/20@proxy.corp:3128,          <removed>@proxy.corp:3128",
    "ALL_PROXY,   http://joe:som@mer/20@proxy.corp:3128/,  http://<removed>@proxy.corp:3128/",
    "all_proxy,   SOCKS5H://joe:a b@proxy.corp,            SOCKS5H://<removed>@proxy.corp",
    "HTTPS_PROXY, http://proxy.corp:3128,                  http://proxy.corp:3128",
    "https_proxy, proxy.corp:3128,                         proxy.corp:3128",
    "no_proxy,    'localhost,.corp',                       'localhost,.corp'",
  })
  void aProxyIsShownWithoutItsLogin(String name, String value, String shown) {
    Bundle bundle = new Bundle("1", "", List.of(), Map.of(name, value), List.of());
    assertThat(bundle.text().lines()).contains(name + "=" + shown);
  }
}

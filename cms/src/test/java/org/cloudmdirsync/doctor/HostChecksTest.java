package org.cloudmdirsync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.tls.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostChecksTest {
  private static final URI PROVIDER = URI.create("https://login.example.invalid/token");

  private static List<Step> looked(URI address, Map<String, String> environment) {
    return CheckUp.run(host(address, environment).all(), _ -> {});
  }

  private static HostChecks host(URI address, Map<String, String> environment) {
    return new HostChecks(address, environment, new Authorities(environment).check());
  }

  @Test
  void aProxyThatAnswersLooksUpTheName() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment =
          Map.of("HTTPS_PROXY", "http://ann:pw@localhost:" + proxy.getLocalPort());
      HostChecks host = host(PROVIDER, environment);
      List<Step> steps = CheckUp.run(host.all().subList(0, 2), _ -> {});
      String where = "localhost:" + proxy.getLocalPort();
      assertThat(steps)
          .extracting(Step::finding)
          .containsExactly(
              new Passed("looked up by the proxy " + where), new Passed(where + " answers"));
    }
  }

  @Test
  void aProxyThatDoesNotAnswerIsNamed() {
    List<Step> steps = looked(PROVIDER, Map.of("https_proxy", "http://localhost:1"));
    assertThat(steps.get(1).finding())
        .isInstanceOfSatisfying(
            Failed.class, it -> assertThat(it.cause()).contains("localhost:1 does not answer"));
    assertThat(steps.get(2).finding())
        .isEqualTo(new Finding.Skipped("needs proxy login.example.invalid"));
  }

  @Test
  void aProxyThatCannotBeUsedIsAMatterOfConfiguration() {
    assertThat(looked(PROVIDER, Map.of("HTTPS_PROXY", "socks5://localhost:1080")).get(1).finding())
        .isInstanceOfSatisfying(
            Failed.class,
            it -> {
              assertThat(it.fault()).isEqualTo(Fault.CONFIGURATION);
              assertThat(it.remedy()).contains("http://host:port");
            });
  }

  @Test
  void anExemptHostIsReachedDirectly() {
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "http://localhost:1", "NO_PROXY", "example.invalid");
    assertThat(looked(PROVIDER, environment).get(1).finding()).isEqualTo(new Passed("none"));
  }

  @ParameterizedTest
  @CsvSource({
    "login.example: Temporary failure in name resolution, name server does not answer, resolvectl",
    "login.example: Name or service not known,            knows no host,            getent hosts",
  })
  void tellsAMissingNameFromAMissingNameServer(String words, String cause, String remedy) {
    Failed failed = HostName.unknown("login.example", words);
    assertThat(failed.cause()).contains(cause);
    assertThat(failed.remedy()).contains(remedy);
  }

  @Test
  void certificatesThatAreNotThereAreAMatterOfConfiguration() {
    Check check = new Authorities(Map.of("SSL_CERT_FILE", "/no/such/file")).check();
    assertThat(check.probe().get())
        .isInstanceOfSatisfying(
            Failed.class,
            it -> {
              assertThat(it.cause()).isEqualTo("$SSL_CERT_FILE /no/such/file does not exist.");
              assertThat(it.remedy()).contains("name a PEM file, or unset it");
            });
  }

  @Test
  void looksNamesUp() {
    assertThat(HostName.look("localhost")).isInstanceOf(Passed.class);
    assertThat(HostName.look("no-such-host.invalid")).isInstanceOf(Failed.class);
  }

  @Test
  void nobodyAtTheHostIsSaidSo() {
    List<Step> steps =
        looked(URI.create("https://localhost:1/"), TestCertificates.get().environment());
    assertThat(steps.get(2).finding())
        .isInstanceOfSatisfying(
            Failed.class, it -> assertThat(it.cause()).contains("cannot be connected to"));
  }

  @ParameterizedTest
  @CsvSource({
    "'CN=Zscaler Intermediate Root CA (zscaler.net),O=Zscaler Inc.', Zscaler",
    "'CN=FortiGate CA,O=Fortinet Ltd.', a FortiGate firewall",
    "'CN=mitmproxy,O=mitmproxy', mitmproxy",
    "'CN=DigiCert Global Root G2,O=DigiCert Inc', ",
    "'CN=GTS Root R1,O=Google Trust Services LLC', ",
  })
  void knowsWhoReadsAlong(String issuer, String product) {
    assertThat(Interceptors.named(issuer).orElse(null)).isEqualTo(product);
  }
}
